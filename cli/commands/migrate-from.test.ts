import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reading as readSource } from '../../migrate-from/source.ts';
import { fingerprints } from '../../operations/fingerprint.ts';
import { reading } from '../../operations/operator.ts';
import { ownedTables } from '../../operations/tables.ts';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

const world = await createWorld();
const resident = await world.company('Resident');
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-migrate-'));
const name = `bulkhead_source_${process.pid}_${Math.random().toString(36).slice(2)}`;
const url = new URL(world.adminUrl);
url.pathname = `/${name}`;
let source: pg.Client;
let asMade: unknown[];

const hashes = (id: string) =>
  reading(world.adminUrl, async (client) => fingerprints(client, await ownedTables(client), id));
const report = join(folder, 'report.csv');
const migrate = () => bulkhead(world.adminUrl, 'migrate-from', url.href, '--report', report);
/** What the summary says of a table: read, brought, there already, not brought. */
const figures = (said: string, table: string) =>
  said
    .split('\n')
    .find((line) => line.startsWith(`${table}  `))
    ?.slice(table.length)
    .trim()
    .split(/ +/)
    .map(Number);

// Another CRM's schema, with numbers for ids.
const SOURCE = `
  create table companies (id int primary key, name text, plan text, status text, domain text, subscription_status text,
    stripe_customer_id text, currency text);
  create table users (id int primary key, company_id int, email text, user_role text, status text, first_name text,
    last_name text, hashed_password text, manager_id int, created_at timestamp, team_id int, is_active boolean default true);
  create table teams (id int primary key, name text, description text, team_lead_id int);
  create table roles (id int primary key, name text, permissions text);
  create table security_logs (id int primary key, event_type text, severity text, user_id int, user_email text, description text, details jsonb, created_at timestamp);
  create table pipelines (id int primary key, company_id int, name text, is_default boolean);
  create table pipeline_stages (id int primary key, pipeline_id int, name text, order_index int, probability float, is_won boolean);
  create table contacts (id int primary key, company_id int, owner_id int, first_name text, last_name text, email text,
    status text, tags jsonb, custom_fields jsonb, created_at timestamp, is_deleted boolean default false);
  create table deals (id int primary key, company_id int, owner_id int, contact_id int, pipeline_id int, stage_id int, title text,
    value float, status text, expected_close_date timestamp);
  create table activities (id int primary key, company_id int, owner_id int, contact_id int, type text, subject text, status text);
  create table sms_messages (id int primary key, company_id int, body text);
  insert into companies values (1, 'Nadan', 'pro', 'active', 'nadan.example', 'active', 'cus_1', 'EUR'),
    (2, 'Sunstone', 'trial', 'active', null, 'trialing', null, null);
  insert into users values
    (1, 1, 'nina@nadan.example', 'company_admin', 'active', 'Nina', 'Dan', '$2b$12$abc', null, '2024-02-03 04:05:06', 2),
    (2, 1, 'rob@nadan.example', 'sales_rep', 'active', 'Rob', '', null, 1, null, 1),
    (3, 2, 'sun@stone.example', 'company_admin', 'active', 'Sun', 'Stone', null, null, null, 2),
    (4, null, 'root@platform.example', 'super_admin', 'active', 'Root', 'R', null, null, null, null),
    (5, 2, '${resident.admin.email}', 'sales_rep', 'active', 'Twice', 'There', null, null, null, null);
  insert into teams values (1, 'North', 'of the fjords', 1), (2, 'Mixed', null, null);
  insert into roles values (1, 'admin', '*');
  insert into security_logs values (1, 'login_failed', 'high', 2, 'rob@nadan.example', 'wrong password', null, '2024-03-04 05:06:07'),
    (2, 'login_failed', 'low', null, 'who@example.org', 'nobody known', null, '2024-03-04 05:06:07');
  insert into pipelines values (1, 1, 'Sales', true), (2, 2, 'Sales', true);
  insert into pipeline_stages values (1, 1, 'New', 0, 10, false), (2, 1, 'Won', 1, 100, true), (3, 2, 'New', 0, 10, false);
  insert into contacts select g, 1, 1 + g % 2, 'First' || g, 'Last', 'c' || g || '@example.org', 'LEAD', '["vip"]',
    '{"Boat length": 12}', '2024-05-06 07:08:09' from generate_series(1, 1200) g;
  insert into contacts values (2001, 2, 3, 'Only', 'Sunstone', 'only@example.org', 'LEAD', null, null, null),
    (2002, 2, 1, 'Crossed', 'Over', 'crossed@example.org', 'LEAD', null, null, null),
    (2003, null, 3, 'No', 'Company', 'none@example.org', 'LEAD', null, null, null);
  insert into deals values (1, 1, 1, 7, 1, 1, 'Boat', 1234.5, 'open', '2025-01-02'), (2, 2, 3, 7, 2, 3, 'Stolen', 1, 'open', null);
  insert into activities values (1, 1, 2, 7, 'call', 'Ring', 'overdue'), (2, 1, 2, 9, 'call', 'With whom is gone', 'completed');
  insert into deals values (3, 1, 2, 9, 1, 2, 'With whom is gone', 10, 'won', null);
  update users set is_active = false where id = 2;
  update contacts set is_deleted = true where id = 9;
  insert into sms_messages values (1, 1, 'hello'), (2, 2, 'there');`;

beforeAll(async () => {
  await world.admin.query(`create database ${name}`);
  source = new pg.Client({ connectionString: url.href });
  await source.connect();
  await source.query(SOURCE);
  asMade = await written();
});

/** Each table of the source with its rows and the transaction that wrote each last: even an update that changes nothing shows. */
async function written(): Promise<unknown[]> {
  const { rows } = await source.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const hashed = rows.map(
    (table) =>
      `select '${table.name}' as name, md5(coalesce(string_agg(t.xmin || t::text, ',' order by t.ctid), '')) as rows from ${table.name} t`,
  );
  return (await source.query(hashed.join(' union all '))).rows;
}
afterAll(async () => {
  await source.end();
  await world.admin.query(`drop database ${name} with (force)`);
  rmSync(folder, { recursive: true });
});

it('brings what can be brought, says of each other row why not, and touches no company that was here', async () => {
  const before = await hashes(resident.id);
  const { code, said } = await migrate();
  expect(code, said).toBe(1);
  expect(figures(said, 'companies')).toEqual([2, 2, 0, 0]);
  expect(figures(said, 'users')).toEqual([5, 4, 0, 1]);
  expect(figures(said, 'users (login)')).toEqual([5, 3, 0, 2]);
  // Switched off or deleted there, they are so here.
  const { rows: gone } = await world.admin.query(
    `select (select count(*)::int from users where email = 'rob@nadan.example' and status = 'inactive') as off,
       (select count(*)::int from contacts where email = 'c9@example.org' and deleted_at is not null) as binned,
       (select count(*)::int from contacts where email like 'c_@example.org' and deleted_at is null) as live`,
  );
  expect(gone).toEqual([{ off: 1, binned: 1, live: 8 }]);
  expect(figures(said, 'pipeline_stages')).toEqual([3, 3, 0, 0]);
  // One of another company's owner, one without a company.
  expect(figures(said, 'contacts')).toEqual([1203, 1201, 0, 2]);
  // One of another company's contact.
  expect(figures(said, 'deals')).toEqual([3, 2, 0, 1]);
  expect(figures(said, 'activities')).toEqual([2, 2, 0, 0]);
  // Of two companies: it is neither's.
  expect(figures(said, 'teams')).toEqual([2, 1, 0, 1]);
  expect(figures(said, 'users (team)')).toEqual([3, 1, 0, 2]);
  expect(figures(said, 'security_logs')).toEqual([2, 1, 0, 1]);
  expect(said).toContain('roles: 1 not brought: No user there points at it');
  expect(said).toContain('sms_messages: 2 not brought: Bulkhead has no such table yet.');
  expect(said).toContain('companies: nothing was made of the columns stripe_customer_id');
  expect(await hashes(resident.id)).toEqual(before);

  const lines = readFileSync(report, 'utf8').trim().split(/\r?\n/);
  expect(lines).toHaveLength(1 + 2 + 5 + 5 + 2 + 3 + 2 + 3 + 1203 + 3 + 2 + 1 + 2 + 2);
  expect(lines.find((line) => line.startsWith('contacts,2002,'))).toMatch(
    /not brought.*contacts_company_id_owner_id_fkey/,
  );

  const team = await world.admin.query(
    `select t.name, u.first_name, m.is_lead from team_members m join teams t on t.company_id = m.company_id and t.id = m.team_id
     join users u on u.company_id = m.company_id and u.id = m.user_id order by 2`,
  );
  expect(team.rows).toEqual([
    { name: 'North', first_name: 'Nina', is_lead: true },
    { name: 'North', first_name: 'Rob', is_lead: false },
  ]);
  const { rows } = await world.admin.query(
    `select c.first_name, c.created_at::text, c.custom_fields, o.email::text as owner, m.email::text as manager
     from contacts c join users o on o.company_id = c.company_id and o.id = c.owner_id
     left join users m on m.company_id = o.company_id and m.id = o.manager_id where c.email = 'c7@example.org'`,
  );
  expect(rows).toMatchObject([
    {
      first_name: 'First7',
      custom_fields: { boat_length: 12 },
      owner: 'rob@nadan.example',
      manager: 'nina@nadan.example',
    },
  ]);
});

it('brings what belonged to a deleted contact, which it puts into the bin last', async () => {
  const { rows } = await world.admin.query(
    `select c.deleted_at is not null as contact_gone, d.deleted_at is not null as deal_gone, a.deleted_at is not null as activity_gone
     from contacts c join deals d on d.company_id = c.company_id and d.contact_id = c.id
     join activities a on a.company_id = c.company_id and a.contact_id = c.id where c.email = 'c9@example.org'`,
  );
  expect(rows).toEqual([{ contact_gone: true, deal_gone: false, activity_gone: false }]);
});

it('brings nothing twice, and goes on where a run broke off', async () => {
  await world.admin.query(`delete from contacts where first_name = 'First1000'`);
  await world.admin.query(`update contacts set deleted_at = null where email = 'c9@example.org'`);
  const { said } = await migrate();
  expect(figures(said, 'contacts')).toEqual([1203, 1, 1200, 2]);
  expect(figures(said, 'deals')).toEqual([3, 0, 2, 1]);
  const { rows } = await world.admin.query(`select count(*)::int as n from contacts where company_id <> $1`, [
    resident.id,
  ]);
  expect(rows[0].n).toBe(1201);
  // Taken back by somebody here: it does not go again.
  const back = await world.admin.query(`select deleted_at from contacts where email = 'c9@example.org'`);
  expect(back.rows).toEqual([{ deleted_at: null }]);
});

it('writes nothing to the source', async () => {
  expect(await written()).toEqual(asMade);
});

it('begins nothing when the report cannot be written', async () => {
  const nowhere = join(folder, 'missing', 'report.csv');
  const before = (await world.admin.query('select count(*)::int as n from companies')).rows;
  const args = [url.href, '--as', 'unreported', '--report', nowhere];
  const { code, said } = await bulkhead(world.adminUrl, 'migrate-from', ...args);
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('nothing was begun') });
  expect((await world.admin.query('select count(*)::int as n from companies')).rows).toEqual(before);
});

it('has every row in the report that was told of before it broke off', async () => {
  await source.query('alter table pipelines rename to pipelines_away; create table pipelines (id int, company_id int)');
  await source.query(`insert into pipelines values (null, 1)`);
  try {
    const { code } = await migrate();
    expect(code).toBe(1);
    expect(readFileSync(report, 'utf8')).toContain('companies,1,');
  } finally {
    await source.query('drop table pipelines; alter table pipelines_away rename to pipelines');
  }
});

it('writes no manager and no lead into a company that is here from elsewhere under the same id', async () => {
  const there = await world.company();
  const other = await world.person(there.id);
  const team = await there.admin.post('/api/teams', { name: 'Theirs' });
  const uuids = `${name}_uuid`;
  await world.admin.query(`create database ${uuids}`);
  const from = new URL(url);
  from.pathname = `/${uuids}`;
  const client = new pg.Client({ connectionString: from.href });
  await client.connect();
  try {
    await client.query(`create table companies (id uuid, name text);
      create table users (id uuid, company_id uuid, email text, manager_id uuid, team_id uuid);
      create table teams (id uuid, name text, team_lead_id uuid);
      insert into companies values ('${there.id}', 'Claimed');
      insert into users values ('${other.userId}', '${there.id}', '${other.email}', '${there.admin.userId}'),
        ('${there.admin.userId}', '${there.id}', '${there.admin.email}', null);
      insert into teams values ('${team.body.id}', 'Theirs', '${other.userId}');`);
    const before = await hashes(there.id);
    const { code, said } = await bulkhead(world.adminUrl, 'migrate-from', from.href);
    expect(said).toContain('did not come from this source');
    expect(code).toBe(1);
    expect(await hashes(there.id)).toEqual(before);
  } finally {
    await client.end();
    await world.admin.query(`drop database ${uuids} with (force)`);
  }
});

it.each([
  ['the installation', (work: (client: pg.Client) => Promise<unknown>) => reading(world.adminUrl, work)],
  ['the source', (work: (client: pg.Client) => Promise<unknown>) => readSource(url.href, (from) => work(from.client))],
])('is told by its next query that the connection to %s was lost, and does not end the process', async (_, read) => {
  const lost = read(async (client) => {
    const gone = new Promise((resolve) => client.once('end', resolve));
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await world.admin.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await gone;
    await client.query('select');
  });
  await expect(lost).rejects.toThrow(/connection/i);
});
