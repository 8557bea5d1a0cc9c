import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { quarantined, resolve } from './resolve.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { dump } from './testing/dump.ts';
import { verify } from './verify.ts';

const schema = `
  create table companies (id integer primary key);
  create table users (id serial primary key, company_id integer not null references companies (id), name text);
  create table contacts (id integer primary key, owner_id integer not null references users (id), name text);
  create view names as select name from contacts;
  insert into companies select generate_series(1, 25);
  insert into users (company_id, name) select i, 'u' || i from generate_series(1, 25) i;
  insert into contacts select i, 1 + i % 25, 'c' || i from generate_series(1, 100) i;`;

async function withRole(extra: (role: string) => string, login = '') {
  const { url, client } = await emptyDatabase(schema);
  const role = `adopt_role_${randomBytes(6).toString('hex')}`;
  await client.query(`create role ${role} ${login}`);
  onTestFinished(async () => {
    await client.query(`drop owned by ${role}; drop role ${role}`);
  });
  await client.query(extra(role));
  return { url, client, role };
}

async function rightsOf(client: Client, role: string): Promise<unknown[]> {
  const { rows } = await client.query(
    `select o, x.privilege_type, x.is_grantable from (
       select relname::text as o, relacl as acl from pg_class where relnamespace = 'public'::regnamespace
       union all select attrelid::regclass || '.' || attname, attacl from pg_attribute where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
       union all select nspname, nspacl from pg_namespace
     ) given cross join lateral aclexplode(acl) x where acl is not null and x.grantee = $1::regrole order by 1, 2`,
    [role],
  );
  return rows;
}

test('who owns the tables and is no superuser adopts without a trigger of the application firing, and takes it back to the letter', async () => {
  const { url, client } = await emptyDatabase();
  const address = new URL(url);
  const role = `${address.pathname.slice(1)}_owner`;
  await client.query(`create role ${role} login password 'owner' bypassrls createrole;
    alter schema public owner to ${role}; grant create on database ${address.pathname.slice(1)} to ${role}`);
  onTestFinished(async () => {
    await client.query(`drop owned by ${role} cascade; drop role ${role}`);
  });
  const shop = readFileSync(join(import.meta.dirname, 'testing/shop.sql'), 'utf8');
  await client.query(`set role ${role}; ${shop};
    alter table visits add touched integer default 0;
    create trigger touch before insert or update on visits for each row execute function touch();
    update visits set touched = 0;
    insert into visits (contact_id) values (null), (null); reset role`);
  [address.username, address.password] = [role, 'owner'];
  const before = await dump(client);
  const plan = await makePlan(address.href, { global: ['countries'] });
  expect(await apply(address.href, plan, { batchRows: 100 })).toMatchObject({ state: 'quarantine', quarantined: 2 });
  const [first, second] = await quarantined(address.href);
  await resolve(address.href, first!.id, { to: '1' });
  await resolve(address.href, second!.id, { setAside: true });
  expect(await apply(address.href, plan, { through: 'force' })).toMatchObject({ state: 'complete' });
  await client.query(`grant ${plan.decisions.app_role} to ${role} with set true`);
  const { checks } = await verify(address.href, { audit: false });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect((await client.query(`select from pg_trigger where tgenabled <> 'O' and not tgisinternal`)).rowCount).toBe(0);
  await rollback(address.href);
  expect(await dump(client)).toBe(before);
});

test('a role that there was can no more write the tenant once adopted, and taken back has all the rights that it had', async () => {
  const { url, client, role } = await withRole(
    (name) => `grant usage on schema public to ${name}; grant all on all tables in schema public to ${name};
      revoke all on contacts from ${name}; grant select (id, name), update (id, owner_id), insert (id) on contacts to ${name};
      grant update on users to ${name} with grant option; grant usage on all sequences in schema public to ${name}`,
  );
  const before = await rightsOf(client, role);
  await apply(url, await makePlan(url, { appRole: role }), { through: 'force' });
  const { checks } = await verify(url, { audit: false });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  await client.query(`set role ${role}; set app.company_id = '1'`);
  await expect(client.query('update users set company_id = 1')).rejects.toThrow(/permission denied/);
  await expect(client.query('truncate contacts')).rejects.toThrow(/permission denied/);
  await expect(client.query(`update users set name = 'new'`)).resolves.toMatchObject({ rowCount: 1 });
  await client.query('reset role');
  await rollback(url);
  expect(await rightsOf(client, role)).toEqual(before);
});

test('a role that no policy holds is refused', async () => {
  const { url, role } = await withRole((name) => `alter role ${name} bypassrls`);
  await expect(makePlan(url, { appRole: role })).rejects.toThrow(/BYPASSRLS: no policy holds it/);
});

test('verify tells that a tenant does not see its own rows, and of how many tenants it looked at', async () => {
  const { url, client, role } = await withRole(() => 'select');
  await apply(url, await makePlan(url, { appRole: role }), { through: 'force' });
  const seen = async (at = url) =>
    (await verify(at, { audit: false })).checks.find(({ name }) => name.includes('sees each tenant'));
  expect(await seen()).toMatchObject({ ok: true, detail: '20 of 25 tenants, 2 tables' });
  await client.query(`alter policy tenant on contacts using (false)`);
  expect(await seen()).toMatchObject({ ok: false, detail: expect.stringContaining('0 of 4 rows of its own') });
});

test('verify says what to grant where its role cannot become the app’s', async () => {
  const { url, role } = await withRole(
    (name) => `grant pg_read_all_data to ${name}`,
    `login bypassrls password 'verify'`,
  );
  await apply(url, await makePlan(url), { through: 'force' });
  const at = new URL(url);
  Object.assign(at, { username: role, password: 'verify' });
  const { checks } = await verify(at.href, { audit: false });
  expect(checks.filter(({ ok }) => !ok)).toEqual([
    expect.objectContaining({
      detail: expect.stringMatching(`cannot become it: "grant .*_app to ${role} with set true"`),
    }),
  ]);
});
