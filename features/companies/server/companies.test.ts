import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeMailer } from '../../../server/platform/mail/mailer.ts';
import { type Mailbox, openMailbox } from '../../../server/platform/mail/testing/mailbox.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { runJobs } from '../../../test/jobs.ts';
import invitations from '../../invitations/server/feature.ts';
import { tokenIn } from '../../invitations/server/testing/letters.ts';
import companies from './feature.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
const PASSWORD = 'correct horse battery';
let world: World;
let mailbox: Mailbox;
let root: Awaited<ReturnType<World['superAdmin']>>;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  mailbox = await openMailbox();
  vi.stubEnv('SMTP_URL', mailbox.url);
  root = await world.superAdmin();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});
afterAll(async () => {
  closeMailer();
  await mailbox.close();
  vi.unstubAllEnvs();
});

const accept = async () => {
  await runJobs(world, [invitations]);
  const token = tokenIn(mailbox.letters.at(-1)?.text);
  return world.anonymous.post('/api/invitations/accept', {
    token,
    first_name: 'G',
    last_name: 'H',
    password: PASSWORD,
  });
};

/** How many tables hold a row of the company. */
async function tablesWith(company: string): Promise<number> {
  const { rows } = await world.admin.query(
    `select count(*)::int as n from information_schema.columns c
     cross join lateral (select (xpath('/row/n/text()', query_to_xml(
       format('select count(*) as n from public.%I where company_id = %L', c.table_name, $1::text), true, true, '')
     ))[1]::text::int as n) t
     where c.table_schema = 'public' and c.column_name = 'company_id' and t.n > 0`,
    [company],
  );
  return rows[0].n;
}

describe('a company', () => {
  it('is read and changed by its own admins, by version and with a trace; another’s does not exist', async () => {
    const at = `/api/companies/${ada.companyId}`;
    const { body, headers } = await ada.get(at);
    expect(body).toMatchObject({ id: ada.companyId, name: 'Nadan', status: 'active' });
    const tag = { 'if-match': String(headers.etag) };
    expect((await ada.put(at, { city: 'Berlin', currency: 'EUR', timezone: 'Europe/Berlin' }, tag)).status).toBe(200);
    expect((await ada.put(at, { city: 'Rome' }, tag)).status).toBe(412);
    for (const bad of [{ status: 'active' }, { timezone: 'Mars/X' }, { logo_url: 'javascript:x' }, {}]) {
      expect((await ada.put(at, bad)).status).toBe(400);
    }
    const log = (await ada.get('/api/audit-logs?resource_type=companies')).body.items;
    expect(log[0]).toMatchObject({ user_id: ada.userId, changes: { after: { city: 'Berlin' } } });
    for (const [method, path, payload] of [
      ['GET', '', undefined],
      ['PUT', '', { city: 'Taken' }],
      ['GET', '/users', undefined],
      ['POST', '/users', { email: 'x@example.com', first_name: 'X', last_name: 'Y' }],
      ['GET', '/acting', undefined],
    ] as const) {
      const call = (id: string) =>
        bob.call({ method, url: `/api/companies/${id}${path}`, ...(payload && { payload: payload as object }) });
      const theirs = await call(ada.companyId);
      expect(theirs.status).toBe(404);
      expect(theirs.text).toBe((await call(NOBODY)).text);
      const rep = await world.person(ada.companyId);
      const url = `${at}${path}`;
      expect((await rep.call({ method, url, ...(payload && { payload: payload as object }) })).status).toBe(403);
      expect((await world.anonymous.call({ method, url, ...(payload && { payload: payload as object }) })).status).toBe(
        401,
      );
    }
    expect((await ada.get(at)).body.city).toBe('Berlin');
  });

  it('enters a colleague who owns records at once and logs in after accepting; nobody learns of other logins', async () => {
    const at = `/api/companies/${ada.companyId}/users`;
    const email = 'grace@example.com';
    const made = await ada.post(at, { email, first_name: 'Grace', last_name: 'Hopper', user_role: 'sales_manager' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email, user_role: 'sales_manager', email_verified: false });
    const contact = { first_name: 'A', last_name: 'B', owner_id: made.body.id };
    expect((await ada.post('/api/contacts/', contact)).status).toBe(201);
    const accepted = await accept();
    expect(accepted.body.user.id).toBe(made.body.id);
    expect((await world.as(accepted.body.access_token).get('/api/contacts/')).body.items).toHaveLength(1);
    expect((await ada.post(at, { email, first_name: 'X', last_name: 'Y' })).status).toBe(409);
    const known = await ada.post(at, { email: bob.email, first_name: 'X', last_name: 'Y' });
    expect(known.status).toBe(201);
    expect((await ada.get(`${at}?search=${bob.email}`)).body.items).toHaveLength(1);
    expect((await ada.post(at, { email: 'z@example.com', first_name: '', last_name: 'Y' })).status).toBe(400);
  });

  it('is made by a super admin, with a pipeline and an invitation for its first admin', async () => {
    const admin = { email: 'first@example.com', first_name: 'Fi', last_name: 'Rst' };
    const made = await root.post('/api/companies', { name: 'Newco', trial_days: 30, domain: 'newco.example', admin });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Newco', subscription_status: 'trialing', users: 0 });
    const accepted = await accept();
    const first = world.as(accepted.body.access_token);
    expect((await first.get('/api/users/me')).body).toMatchObject({
      user_role: 'company_admin',
      company: { name: 'Newco' },
    });
    expect((await first.get('/api/pipelines')).body.items).toHaveLength(1);
    expect((await root.post('/api/companies', { name: 'Twin', domain: 'newco.example', admin })).status).toBe(409);
    expect((await root.post('/api/companies', { name: '', admin })).status).toBe(400);
    expect((await root.get('/api/platform/audit')).body.items[0]).toMatchObject({ action: 'created' });
  });

  it('is unreachable the moment it is deleted, comes back within a week, and goes whole after that', async () => {
    const { id, admin } = await world.company('Gone Ltd');
    const other = (await bob.post('/api/contacts/', { first_name: 'Stays', last_name: 'Here' })).body.id;
    await admin.post('/api/contacts/', { first_name: 'A', last_name: 'B' });
    await admin.put(`/api/users/${(await world.person(id)).userId}`, { manager_id: admin.userId });
    await admin.post('/api/teams', { name: 'T', team_lead_id: admin.userId });
    expect((await root.delete(`/api/companies/${id}`)).status).toBe(204);
    expect((await admin.get('/api/contacts/')).status).toBe(401);
    expect((await root.delete(`/api/companies/${id}`)).status).toBe(404);
    expect((await root.get('/api/companies?status=deleted')).body.items[0].id).toBe(id);
    expect((await root.get('/api/companies?search=gone')).body.items).toEqual([]);
    const purge = async () => {
      await world.admin.query(`update jobs set run_at = now(), status = 'waiting'`);
      await runJobs(world, [companies, invitations]);
    };
    await purge();
    expect((await root.get(`/api/platform/companies/${id}`)).body.contacts).toBe(1);
    expect((await root.post(`/api/platform/companies/${id}/reinstate`)).status).toBe(200);
    await root.delete(`/api/companies/${id}`);
    await world.admin.query(`update companies set deleted_at = now() - interval '8 days' where id = $1`, [id]);
    await purge();
    expect((await root.get(`/api/platform/companies/${id}`)).status).toBe(404);
    expect(await tablesWith(id)).toBe(0);
    expect(await tablesWith(bob.companyId)).toBeGreaterThan(3);
    expect((await bob.get(`/api/contacts/${other}`)).status).toBe(200);
  });
});
