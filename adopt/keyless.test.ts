import { expect, onTestFinished, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { quarantined, resolve } from './resolve.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { dump } from './testing/dump.ts';
import { verify } from './verify.ts';

const schema = `
  create table companies (id integer primary key, name text not null);
  create table users (id integer primary key, company_id integer references companies (id));
  create table contacts (id integer primary key, owner_id integer references users (id));
  create table notes (user_id integer references users (id), contact_id integer references contacts (id), said text);
  insert into companies values (1, 'Nadan'), (2, 'Sunstone');
  insert into users values (1, 1), (2, 2);
  insert into contacts values (1, 1), (2, 2);
  insert into notes values (1, 1, 'sure'), (1, 2, 'of two'), (null, null, 'of nobody');`;

async function decided() {
  const database = await emptyDatabase(schema);
  const { url, client } = database;
  const before = await dump(client);
  const plan = await makePlan(url, { privateTo: { notes: 'user_id' } });
  expect(await apply(url, plan)).toMatchObject({ state: 'quarantine', quarantined: 2 });
  for (const { id, reason } of await quarantined(url))
    await resolve(url, id, { to: '1', privateTo: '1', ...(reason === 'ambiguous' && { detach: true }) });
  return { ...database, before, plan };
}

test('a row without a primary key gets all that was decided of it, though it lies elsewhere with every change', async () => {
  const { url, client, before, plan } = await decided();
  const { rows } = await client.query('select said, contact_id, company_id, private_to from notes order by said');
  expect(rows).toEqual([
    { said: 'of nobody', contact_id: null, company_id: 1, private_to: 1 },
    { said: 'of two', contact_id: null, company_id: 1, private_to: 1 },
    { said: 'sure', contact_id: 1, company_id: 1, private_to: 1 },
  ]);
  expect(await apply(url, plan, { through: 'force' })).toMatchObject({ state: 'complete' });
  const { checks } = await verify(url, { audit: false });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  await rollback(url);
  expect(await dump(client)).toBe(before);
});

test('another row that came to lie where a changed one was is not taken for it', async () => {
  const { url, client } = await decided();
  await client.query(`delete from notes where said in ('of two', 'of nobody')`);
  await client.query('vacuum notes');
  await client.query(`insert into notes select 2, 2, 'later ' || i from generate_series(1, 20) i`);
  await expect(rollback(url)).rejects.toThrow(/cannot be found for certain/);
  const { rows } = await client.query(
    `select count(*)::int as whole from notes where said like 'later%' and contact_id = 2`,
  );
  expect(rows).toEqual([{ whole: 20 }]);
});

test('a change that a trigger swallows is told, and nothing is noted of it', async () => {
  const { url, client } = await emptyDatabase(schema);
  await apply(url, await makePlan(url));
  await client.query(`create function nothing() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger nothing before update or delete on notes for each row execute function nothing();
    alter table notes enable always trigger nothing`);
  const [first] = await quarantined(url);
  await expect(resolve(url, first!.id, { to: '1', detach: true })).rejects.toThrow(/0 rows .*instead of one/);
  await expect(resolve(url, first!.id, { setAside: true })).rejects.toThrow(/0 rows .*instead of one/);
  expect((await quarantined(url)).length).toBe(2);
});

const partlyFilled = `
  create table companies (id integer primary key, name text not null);
  create table users (id integer primary key, company_id integer not null references companies (id));
  create table visits (user_id integer references users (id), page text, company_id integer, at date not null) partition by range (at);
  create table visits_of_then partition of visits for values from ('2024-01-01') to ('2025-01-01');
  create table visits_of_now partition of visits for values from ('2025-01-01') to ('2026-01-01');
  insert into companies values (1, 'Nadan'), (2, 'Sunstone');
  insert into users values (1, 1), (2, 2);
  -- Some of a company, some of none yet, and some of which there are two alike; in each partition at the same places.
  insert into visits select 1 + i % 2, 'page ' || i / 4, case when i % 3 = 0 then 1 + i % 2 end, day
  from generate_series(1, 40) i, (values (date '2024-05-01'), ('2025-05-01')) d (day);`;

async function filled() {
  const database = await emptyDatabase(partlyFilled);
  const before = await dump(database.client);
  expect(await apply(database.url, await makePlan(database.url))).toMatchObject({ state: 'paused' });
  return { ...database, before };
}

test('rows without a primary key that were given a tenant are known again wherever they lie', async () => {
  const { url, client, before } = await filled();
  await client.query('vacuum full visits_of_then');
  await client.query(
    'create table moved as select * from only visits_of_now order by page desc; truncate visits_of_now',
  );
  await client.query('insert into visits_of_now select * from moved; drop table moved');
  const { checks } = await verify(url, { audit: false });
  expect(checks.find(({ name }) => name.startsWith('counts'))).toMatchObject({ ok: true });
  const warnings: string[] = [];
  await rollback(url, { onWarning: (said) => warnings.push(said) });
  expect(warnings).toEqual([]);
  expect(await dump(client)).toBe(before);
});

test('a row that came to lie where a filled one was keeps its tenant, and what was changed since is told', async () => {
  const { url, client } = await filled();
  await client.query('delete from visits_of_now');
  await client.query('vacuum visits_of_now');
  await client.query(
    `insert into visits select 1, 'later', 1, '2025-06-01' from generate_series(1, 40); update visits_of_then set page = 'seen' where page = 'page 3'`,
  );
  const warnings: string[] = [];
  await rollback(url, { onWarning: (said) => warnings.push(said) });
  expect(warnings).toEqual([expect.stringMatching(/^\d+ rows of public\.visits, .* keep it: company_id\.$/)]);
  const { rows } = await client.query(
    `select page in ('later', 'seen') as changed, count(*) filter (where company_id is null)::int as without from visits group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { changed: false, without: 25 },
    { changed: true, without: 0 },
  ]);
});

test('without a superuser too, rows that had no tenant have none again', async () => {
  const { url, client } = await emptyDatabase(partlyFilled);
  const address = new URL(url);
  const role = `${address.pathname.slice(1)}_owner`;
  await client.query(`create role ${role} login password 'owner' bypassrls createrole;
    alter schema public owner to ${role}; grant create on database ${address.pathname.slice(1)} to ${role};
    alter table companies owner to ${role}; alter table users owner to ${role};
    alter table visits owner to ${role}; alter table visits_of_then owner to ${role}; alter table visits_of_now owner to ${role}`);
  onTestFinished(async () => {
    await client.query(`drop owned by ${role} cascade; drop role ${role}`);
  });
  [address.username, address.password] = [role, 'owner'];
  const before = await dump(client);
  expect(await apply(address.href, await makePlan(address.href))).toMatchObject({ state: 'paused' });
  expect((await client.query('select from visits where company_id is null')).rowCount).toBe(0);
  await rollback(address.href);
  expect(await dump(client)).toBe(before);
});
