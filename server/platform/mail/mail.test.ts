import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { greeting } from './greeting.ts';
import { createMailer } from './mailer.ts';
import { compose } from './message.ts';
import { openMailbox } from './testing/mailbox.ts';

const letter = {
  id: 'one',
  ...compose({
    to: 'ada@example.com',
    subject: 'Hello\r\nBcc: everyone@example.com',
    paragraphs: ['<script>alert(1)</script> & Söhne'],
    action: { label: 'Open', url: 'https://crm.example.com/x?a=1&b=2' },
  }),
};
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a letter', () => {
  it('goes out by SMTP, as text and as HTML in which nothing typed is code', async () => {
    const mailbox = await openMailbox();
    const mailer = createMailer({ smtpUrl: mailbox.url, mailFrom: 'Bulkhead <crm@example.com>' });
    await mailer.send(letter);
    mailer.close();
    await mailbox.close();
    const [received] = mailbox.letters;
    expect(received).toMatchObject({ subject: 'Hello Bcc: everyone@example.com', messageId: '<one@example.com>' });
    expect(received?.text).toContain('<script>alert(1)</script> & Söhne');
    expect(received?.html).not.toContain('<script>');
    expect(received?.html).toContain('href="https://crm.example.com/x?a=1&#38;b=2"');
    expect(received?.bcc).toBeUndefined();
  });

  it('that the server does not take is an error, so that its job tries again', async () => {
    const mailbox = await openMailbox(1);
    const mailer = createMailer({ smtpUrl: mailbox.url, mailFrom: 'crm@example.com' });
    await expect(mailer.send(letter)).rejects.toThrow(/450/);
    await mailer.send(letter);
    mailer.close();
    await mailbox.close();
    expect(mailbox.letters).toHaveLength(1);
    await expect(mailer.send(letter)).rejects.toThrow();
  });

  it('is kept as a file that only its owner reads, and its link printed, where there is no server', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulkhead-mail-'));
    vi.stubEnv('BULKHEAD_DATA', folder);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await createMailer({ smtpUrl: undefined, mailFrom: 'crm@example.com' }).send(letter);
    const [file] = readdirSync(join(folder, 'mail'));
    expect(file).toBe('one.eml');
    const path = join(folder, 'mail', file as string);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toContain('To: ada@example.com');
    expect(log.mock.calls.flat().join('\n')).toContain('https://crm.example.com/x?a=1&b=2');
    rmSync(folder, { recursive: true });
  });
});

it('greets by name whoever is known, in their language', () => {
  expect([greeting('en', 'Ada'), greeting('de', 'Ada'), greeting('en', ''), greeting('de', null)]).toEqual([
    'Hello Ada,',
    'Guten Tag Ada,',
    'Hello,',
    'Guten Tag,',
  ]);
});
