import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeMailer } from '../../../server/platform/mail/mailer.ts';
import { type Mailbox, openMailbox } from '../../../server/platform/mail/testing/mailbox.ts';
import { type Answer, createWorld, type Person, type World } from '../../../test/harness.ts';
import { runJobs } from '../../../test/jobs.ts';
import feature from './feature.ts';
import { tokenIn } from './testing/letters.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
const PASSWORD = 'correct horse battery';
let world: World;
let mailbox: Mailbox;
let ada: Person;
let bob: Person;
let guests = 0;

beforeAll(async () => {
  world = await createWorld();
  mailbox = await openMailbox();
  vi.stubEnv('SMTP_URL', mailbox.url);
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});
afterAll(async () => {
  closeMailer();
  await mailbox.close();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  mailbox.letters.length = 0;
});

const address = () => {
  guests += 1;
  return `guest${guests}@example.com`;
};
const send = (email: string, more = {}, by = ada) => by.post('/api/invitations/send', { email, ...more });
async function letter() {
  await runJobs(world, [feature]);
  return mailbox.letters.at(-1);
}
const accept = (token: string, more = {}): Promise<Answer> =>
  world.anonymous.post('/api/invitations/accept', {
    token,
    first_name: 'Grace',
    last_name: 'Hopper',
    password: PASSWORD,
    ...more,
  });

describe('an invitation', () => {
  it('is written in the company’s language', async () => {
    await ada.put(`/api/companies/${ada.companyId}`, { language: 'de' });
    await send(address());
    const mail = await letter();
    expect(mail?.subject).toBe('Nadan lädt Sie zu Bulkhead ein');
    expect(mail?.text).toMatch(/Der Link unten gilt einmal, bis zum \d+\. \p{L}+ \d{4}\./u);
    await ada.put(`/api/companies/${ada.companyId}`, { language: 'en' });
  });

  it('reaches its reader by SMTP, who becomes a colleague with the role and team of it, logged in', async () => {
    const team = (await ada.post('/api/teams', { name: 'North' })).body.id;
    const email = address();
    const sent = await send(email, { user_role: 'sales_manager', team_id: team, message: 'Welcome!' });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ email, state: 'pending', invited_by: ada.userId, sent_at: null });
    const mail = await letter();
    expect(mail?.subject).toBe('Nadan invites you to Bulkhead');
    expect(mail?.text).toContain('Welcome!');
    const token = tokenIn(mail?.text);
    expect((await world.anonymous.get(`/api/invitations/verify/${token}`)).body).toMatchObject({
      email,
      company_name: 'Nadan',
      user_role: 'sales_manager',
      invited_by: 'Test Person',
    });
    const accepted = await accept(token);
    expect(accepted.status).toBe(201);
    const grace = world.as(accepted.body.access_token);
    expect((await grace.get('/api/users/me')).body).toMatchObject({
      email,
      first_name: 'Grace',
      user_role: 'sales_manager',
      team_id: team,
      email_verified: true,
      company: { id: ada.companyId },
    });
    expect((await world.anonymous.post('/api/auth/login', { email, password: PASSWORD })).status).toBe(200);
    expect((await ada.get(`/api/invitations?email=${email}`)).body.items[0]).toMatchObject({ state: 'accepted' });
  });

  it('is good once, even for two who accept at the same moment', async () => {
    await send(address());
    const token = tokenIn((await letter())?.text);
    const answers = await Promise.all([accept(token), accept(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect((await world.anonymous.get(`/api/invitations/verify/${token}`)).status).toBe(410);
  });

  it('is dead when it was taken back, renewed, sent anew, or a week old', async () => {
    const email = address();
    const { id } = (await send(email)).body;
    const first = tokenIn((await letter())?.text);
    expect((await ada.post(`/api/invitations/${id}/resend`)).status).toBe(200);
    const second = tokenIn((await letter())?.text);
    expect((await accept(first)).status).toBe(410);
    await send(email);
    const third = tokenIn((await letter())?.text);
    expect((await accept(second)).status).toBe(410);
    await world.admin.query(`update invitations set expires_at = now() where email = $1`, [email]);
    expect((await accept(third)).status).toBe(410);
    const last = (await ada.get(`/api/invitations?email=${email}&state=expired`)).body.items[0];
    await ada.post(`/api/invitations/${last.id}/resend`);
    const fourth = tokenIn((await letter())?.text);
    expect((await ada.delete(`/api/invitations/${last.id}`)).status).toBe(204);
    expect((await accept(fourth)).status).toBe(410);
    expect((await ada.delete(`/api/invitations/${last.id}`)).status).toBe(409);
    expect((await ada.post(`/api/invitations/${last.id}/resend`)).status).toBe(409);
  });

  it('does not tell who invites whether the address logs in elsewhere; only its reader learns it', async () => {
    const known = await send(bob.email);
    const unknown = await send('nobody.knows@example.com');
    const shape = ({ status, body }: Answer) => [status, { ...body, id: 0, email: 0, expires_at: 0, created_at: 0 }];
    expect(shape(known)).toEqual(shape(unknown));
    await runJobs(world, [feature]);
    const toBob = mailbox.letters.find(({ text }) => text?.includes('another company'));
    expect(tokenIn(toBob?.text)).toBe('');
    const after = (await ada.get('/api/invitations?limit=2')).body.items;
    expect(after.every((i: { sent_at: string | null }) => i.sent_at !== null)).toBe(true);
    expect((await send(ada.email)).status).toBe(409);
  });

  it('waits in the queue sealed: who reads the database can neither find nor use its link', async () => {
    await send(address());
    const { rows } = await world.admin.query('select payload::text from jobs');
    const token = tokenIn((await letter())?.text);
    const secret = Buffer.from(token, 'base64url').subarray(16);
    for (const form of [token, secret.toString('hex'), secret.toString('base64'), secret.toString('base64url')]) {
      expect(JSON.stringify(rows)).not.toContain(form);
    }
    const log = await world.admin.query(`select changes::text from audit_logs where resource_type = 'invitations'`);
    expect(JSON.stringify(log.rows)).not.toContain(secret.toString('hex'));
  });

  it('is sent, seen and taken back by the company’s own admins only', async () => {
    const rep = await world.person(ada.companyId);
    const { id } = (await send(address())).body;
    expect((await send(address(), {}, rep)).status).toBe(403);
    expect((await world.anonymous.post('/api/invitations/send', { email: address() })).status).toBe(401);
    expect((await rep.get('/api/invitations')).status).toBe(403);
    expect((await bob.get('/api/invitations')).body.items).toEqual([]);
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/resend'],
    ] as const) {
      const at = (which: string) => bob.call({ method, url: `/api/invitations/${which}${path}` });
      const theirs = await at(id);
      expect(theirs.status).toBe(404);
      expect(theirs.text).toBe((await at(NOBODY)).text);
    }
    const team = (await bob.post('/api/teams', { name: 'South' })).body.id;
    const foreign = await send(address(), { team_id: team });
    expect(foreign.body.errors[0].field).toBe('team_id');
    expect((await ada.get('/api/invitations?limit=1')).body.items[0]).toMatchObject({ id, state: 'pending' });
  });

  it('is refused with a bad form, a weak password or a made-up token', async () => {
    expect((await send('no address')).status).toBe(400);
    expect((await send(address(), { user_role: 'super_admin' })).status).toBe(400);
    await send(address());
    const token = tokenIn((await letter())?.text);
    expect((await accept(token, { password: 'short' })).status).toBe(400);
    expect((await accept(token, { password: 'aaaaaaaaaaaaaa' })).status).toBe(400);
    expect((await accept(token, { user_role: 'company_admin' })).status).toBe(400);
    for (const bad of ['x', `${token.slice(0, -4)}AAAA`, 'A'.repeat(64)]) {
      expect((await accept(bad)).status).toBe(410);
      expect((await world.anonymous.get(`/api/invitations/verify/${bad}`)).status).toBe(404);
    }
    expect((await accept(token)).status).toBe(201);
  });
});
