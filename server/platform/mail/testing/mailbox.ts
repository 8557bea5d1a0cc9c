import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  url: string;
  letters: ParsedMail[];
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it is sent; it refuses the first `refusals` letters. */
export async function openMailbox(refusals = 0): Promise<Mailbox> {
  const letters: ParsedMail[] = [];
  let refused = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      simpleParser(stream).then((letter) => {
        refused += 1;
        if (refused <= refusals) return done(new Error('450 try again later'));
        letters.push(letter);
        done();
      }, done);
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
