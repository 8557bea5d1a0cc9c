import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeMailer } from '../../../server/platform/mail/mailer.ts';
import { type Mailbox, openMailbox } from '../../../server/platform/mail/testing/mailbox.ts';
import { createWorld, type World } from '../../../test/harness.ts';
import { runJobs } from '../../../test/jobs.ts';
import auth from '../../auth/server/feature.ts';
import { PASSWORD, register } from '../../auth/server/testing/logins.ts';
import { tokenIn } from '../../invitations/server/testing/letters.ts';
import users from './feature.ts';

let world: World;
let mailbox: Mailbox;

beforeAll(async () => {
  world = await createWorld();
  mailbox = await openMailbox();
  vi.stubEnv('SMTP_URL', mailbox.url);
});
afterAll(async () => {
  closeMailer();
  await mailbox.close();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  mailbox.letters.length = 0;
});

const letters = () => runJobs(world, [auth, users]);
const logIn = (email: string) => world.anonymous.post('/api/auth/login', { email, password: PASSWORD });
async function person() {
  const { email, body } = await register(world);
  return { email, ...world.as(body.access_token) };
}
const change = (who: Awaited<ReturnType<typeof person>>, email: string, current_password = PASSWORD) =>
  who.post('/api/users/me/email', { email, current_password });
const confirm = (token: string) => world.anonymous.post('/api/users/confirm-email', { token });

describe('changing one’s address', () => {
  it('counts once the new address’s reader agrees: then only the new one logs in, and the old one is told', async () => {
    const ada = await person();
    expect((await change(ada, 'ada.new@example.com')).status).toBe(202);
    expect((await logIn(ada.email)).status).toBe(200);
    await letters();
    const [letter] = mailbox.letters;
    expect(letter?.to).toMatchObject({ text: 'ada.new@example.com' });
    expect((await confirm(tokenIn(letter?.text))).status).toBe(200);
    expect((await logIn('ada.new@example.com')).status).toBe(200);
    expect((await logIn(ada.email)).status).toBe(401);
    expect((await ada.get('/api/users/me')).body).toMatchObject({ email: 'ada.new@example.com', email_verified: true });
    await letters();
    expect(mailbox.letters.at(-1)?.to).toMatchObject({ text: ada.email });
    expect((await confirm(tokenIn(letter?.text))).status).toBe(410);
  });

  it('needs the password, and says the same of an address that logs in elsewhere', async () => {
    const [ada, bob] = [await person(), await person()];
    expect((await change(ada, 'x@example.com', 'wrong')).status).toBe(400);
    const [taken, free] = [await change(ada, bob.email), await change(ada, 'free@example.com')];
    expect([taken.status, taken.text]).toEqual([free.status, free.text]);
    await letters();
    const toBob = mailbox.letters.find(({ to }) => !Array.isArray(to) && to?.text === bob.email);
    expect(toBob?.text).toContain('logs in already');
    expect(tokenIn(toBob?.text)).toBe('');
    expect((await logIn(bob.email)).status).toBe(200);
  });

  it('fails where the address was taken meanwhile, and leaves everything as it was', async () => {
    const ada = await person();
    await change(ada, 'race@example.com');
    await letters();
    await register(world, { admin_email: 'race@example.com' });
    expect((await confirm(tokenIn(mailbox.letters[0]?.text))).status).toBe(409);
    expect((await logIn(ada.email)).status).toBe(200);
    expect((await ada.get('/api/users/me')).body.email).toBe(ada.email);
  });

  it('is for people who are logged in, with an address and a link of ours', async () => {
    expect((await world.anonymous.post('/api/users/me/email', {})).status).toBe(401);
    expect((await change(await person(), 'no address')).status).toBe(400);
    expect((await confirm('x'.repeat(64))).status).toBe(404);
  });
});
