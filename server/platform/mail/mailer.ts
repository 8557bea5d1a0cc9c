import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { type Config, readConfig } from '../config.ts';
import { dataFolder } from '../data-folder.ts';
import type { Mail } from './message.ts';

export interface Mailer {
  /** Hands the letter to the mail server; throws when it does not take it. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

type MailConfig = Pick<Config, 'smtpUrl' | 'mailFrom'>;

/** Sends by SMTP or, where no server is configured, keeps each letter as a file and prints its links. */
export function createMailer({ smtpUrl, mailFrom }: MailConfig): Mailer {
  const mailer = smtpUrl === undefined ? keeping(mailFrom) : sending(smtpUrl, mailFrom);
  return { ...mailer, send: async (mail) => (isNobodys(mail.to) ? undefined : mailer.send(mail)) };
}

/** No address ends so (RFC 6761, 6.4): those do that the probe invents. */
const isNobodys = (address: string) => /\.invalid>?$/i.test(address.trim());

function envelope({ id, ...mail }: Mail, from: string) {
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  // Out-of-office answers to these reach nobody.
  return { ...mail, from, messageId: `<${id}@${host}>`, headers: { 'auto-submitted': 'auto-generated' } };
}

function sending(url: string, from: string): Mailer {
  const seconds = 1000;
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 30 * seconds,
    // A letter is text that we composed: it may not name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  } as never);
  return {
    send: async (mail) => {
      await transport.sendMail(envelope(mail, from));
    },
    close: () => transport.close(),
  };
}

function keeping(from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(envelope(mail, from));
      const folder = join(dataFolder(), 'mail');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${mail.id}.eml`);
      await writeFile(file, message as Buffer, { mode: 0o600 });
      const links = mail.text.match(/https?:\/\/\S+/g) ?? [];
      console.log(`No SMTP server is configured; a letter to ${mail.to} is kept in ${file}\n${links.join('\n')}`);
    },
    close: () => undefined,
  };
}

let shared: Mailer | undefined;

/** The mailer of this process, configured by its environment. */
export function mailer(): Mailer {
  shared ??= createMailer(readConfig());
  return shared;
}

export function closeMailer(): void {
  shared?.close();
  shared = undefined;
}
