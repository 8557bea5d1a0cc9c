import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeMailer } from '../../../server/platform/mail/mailer.ts';
import { type Mailbox, openMailbox } from '../../../server/platform/mail/testing/mailbox.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { anAddress, later, logIn, PASSWORD, refresh, register, securityLog } from './testing/logins.ts';
import { dropJobs, sendLetters, waitingJobs } from './testing/queue.ts';

const NEW = 'a wholly new password';
let world: World;
let mailbox: Mailbox;

beforeAll(async () => {
  world = await createWorld();
  mailbox = await openMailbox();
  vi.stubEnv('SMTP_URL', mailbox.url);
  vi.stubEnv('MAIL_FROM', 'Bulkhead <crm@example.com>');
  closeMailer();
});
afterAll(async () => {
  closeMailer();
  vi.unstubAllEnvs();
  await mailbox.close();
});
beforeEach(async () => {
  await dropJobs(world);
  mailbox.letters.length = 0;
});

const forget = (email: string) => world.anonymous.post('/api/auth/forgot-password', { email });
const reset = (token: string, new_password = NEW) =>
  world.anonymous.post('/api/auth/reset-password', { token, new_password });

async function tokenFor(email: string): Promise<string> {
  await forget(email);
  await sendLetters(world);
  return /token=([\w-]+)/.exec(mailbox.letters.at(-1)?.text ?? '')?.[1] ?? '';
}

describe('a forgotten password', () => {
  it('is set anew by the letter’s link, which ends every session', async () => {
    const { email, body } = await register(world);
    const token = await tokenFor(email);
    expect(mailbox.letters[0]).toMatchObject({
      subject: 'Set a new password',
      from: { text: '"Bulkhead" <crm@example.com>' },
    });
    expect(mailbox.letters[0]?.html).toContain(`/reset-password?token=${token}`);
    expect((await reset(token)).status).toBe(204);
    expect((await logIn(world, email)).status).toBe(401);
    expect((await logIn(world, email, NEW)).status).toBe(200);
    expect((await world.as(body.access_token).get('/api/auth/me')).status).toBe(401);
    expect((await refresh(world, body.refresh_token)).status).toBe(401);
    expect(await securityLog(world, email)).toContain('password_reset');
    await sendLetters(world);
    expect(mailbox.letters.at(-1)?.subject).toBe('Your password was changed');
  });

  it('is answered in the language of who forgot it, or else of their company', async () => {
    const { email, body } = await register(world);
    const ada = world.as(body.access_token);
    const subject = async () => {
      await tokenFor(email);
      return mailbox.letters.at(-1)?.subject;
    };
    expect((await ada.put(`/api/companies/${body.company_id}`, { language: 'de' })).status).toBe(200);
    expect(await subject()).toBe('Neues Passwort festlegen');
    expect(mailbox.letters.at(-1)?.text).toContain('jemand, hoffentlich Sie selbst');
    await ada.put('/api/users/me', { language: 'en' });
    expect(await subject()).toBe('Set a new password');
    await ada.put('/api/users/me', { language: 'de-AT' });
    expect((await reset(await tokenFor(email))).status).toBe(204);
    await sendLetters(world);
    expect(mailbox.letters.at(-1)?.subject).toBe('Ihr Passwort wurde geändert');
  });

  it('cannot be set twice by one link, nor by an older one, a wrong one or after an hour', async () => {
    const { email } = await register(world);
    const [older, newer] = [await tokenFor(email), await tokenFor(email)];
    expect((await reset(newer)).status).toBe(204);
    for (const token of [newer, older, 'x', Buffer.alloc(32).toString('base64url')]) {
      expect((await reset(token)).status).toBe(410);
    }
    const late = await tokenFor(email);
    await world.admin.query(`update password_resets set expires_at = now() where used_at is null`);
    expect((await reset(late)).status).toBe(410);
  });

  it('answers the same whether or not anybody has the address', async () => {
    const { email } = await register(world);
    const [known, unknown] = [await forget(email), await forget(anAddress())];
    expect(known.status).toBe(202);
    expect(unknown.text).toBe(known.text);
    expect(await waitingJobs(world)).toHaveLength(1);
  });

  it('sends no more than three letters an hour', async () => {
    const { email } = await register(world);
    for (let i = 0; i < 5; i += 1) expect((await forget(email)).status).toBe(202);
    expect(await waitingJobs(world)).toHaveLength(3);
  });

  it('unlocks the account, for who reads the mailbox is its owner', async () => {
    const { email } = await register(world);
    for (let i = 0; i < 10; i += 1) await logIn(world, email, 'wrong');
    expect((await logIn(world, email)).status).toBe(423);
    await reset(await tokenFor(email));
    expect((await logIn(world, email, NEW)).status).toBe(200);
  });

  it('is kept neither in the database nor in the queue in a form that opens it', async () => {
    const { email } = await register(world);
    await forget(email);
    const queued = JSON.stringify(await waitingJobs(world));
    expect(queued).not.toContain(email);
    const { rows } = await world.admin.query('select token_hash from password_resets order by id desc limit 1');
    await sendLetters(world);
    const token = /token=([\w-]+)/.exec(mailbox.letters.at(-1)?.text ?? '')?.[1] as string;
    expect(rows[0].token_hash.equals(Buffer.from(token, 'base64url'))).toBe(false);
    expect(queued).not.toContain(token);
  });

  it('reaches a super admin too, who has no company', async () => {
    const { email } = await world.superAdmin();
    await forget(email);
    await expect.poll(() => mailbox.letters.length).toBe(1);
    const token = /token=([\w-]+)/.exec(mailbox.letters[0]?.text ?? '')?.[1] as string;
    expect((await reset(token)).status).toBe(204);
    expect((await logIn(world, email, NEW)).status).toBe(200);
  });

  it('refuses a weak password and a malformed request', async () => {
    const { email } = await register(world);
    const token = await tokenFor(email);
    for (const weak of ['short', 'aaaaaaaaaaaaaa', '0123456789012', 'password1234']) {
      expect((await reset(token, weak)).status).toBe(400);
    }
    expect((await reset(token)).status).toBe(204);
    expect((await world.anonymous.post('/api/auth/forgot-password', {})).status).toBe(400);
  });
});

describe('changing one’s own password', () => {
  const change = (token: string, current_password: string, new_password = NEW) =>
    world.as(token).post('/api/users/me/change-password', { current_password, new_password });

  it('ends the other sessions and keeps this one', async () => {
    const { email, body: here } = await register(world);
    const there = (await logIn(world, email)).body;
    expect((await change(here.access_token, PASSWORD)).status).toBe(204);
    expect((await world.as(here.access_token).get('/api/auth/me')).status).toBe(200);
    expect((await refresh(world, here.refresh_token)).status).toBe(200);
    expect((await world.as(there.access_token).get('/api/auth/me')).status).toBe(401);
    expect((await logIn(world, email, NEW)).status).toBe(200);
    expect(await securityLog(world, email)).toContain('password_changed');
  });

  it('takes the current password, and locks after ten wrong ones', async () => {
    const { email, body } = await register(world);
    const wrong = await change(body.access_token, 'wrong');
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors[0].field).toBe('current_password');
    for (let i = 0; i < 9; i += 1) await change(body.access_token, 'wrong');
    expect((await change(body.access_token, PASSWORD)).status).toBe(423);
    await later(world, email, '1 hour');
    expect((await change(body.access_token, PASSWORD)).status).toBe(204);
  });

  it('is not for an API key, nor for nobody', async () => {
    const { body } = await register(world);
    const { key } = (await world.as(body.access_token).post('/api/api-keys', { name: 'CI' })).body;
    expect((await change(key, PASSWORD)).status).toBe(403);
    expect((await world.anonymous.post('/api/users/me/change-password', {})).status).toBe(401);
  });
});
