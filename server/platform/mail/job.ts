import { randomUUID } from 'node:crypto';
import type { CompanyStatements } from '../../tenancy/door.ts';
import { enqueue, type Job } from '../jobs.ts';
import { decrypt, encrypt } from '../secrets.ts';
import { mailer } from './mailer.ts';
import { compose, type Letter, type Mail } from './message.ts';

const PURPOSE = 'queued mail';

/** Sends a letter. It waits sealed for its company: its links are as good as passwords, and the queue is no place for those. */
export const sendMail: Job<{ sealed: string }> = {
  name: 'mail.send',
  run: async ({ context }, { sealed }) => {
    await mailer().send(JSON.parse(decrypt(PURPOSE, sealed, context.companyId)) as Mail);
  },
};

/** Queues a letter in the caller's transaction: it is sent if, and only if, what it tells of was committed. */
export async function queueMail(company: CompanyStatements, letter: Letter): Promise<void> {
  const mail: Mail = { id: randomUUID(), ...compose(letter) };
  await enqueue(company, sendMail, { sealed: encrypt(PURPOSE, JSON.stringify(mail), company.context.companyId) });
}

/** Sends a letter at once: for super admins, who have no company and so no queue. */
export async function sendNow(letter: Letter): Promise<void> {
  await mailer().send({ id: randomUUID(), ...compose(letter) });
}
