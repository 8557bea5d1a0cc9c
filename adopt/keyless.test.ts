import { expect, test } from 'vitest';
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
    create trigger nothing before update or delete on notes for each row execute function nothing()`);
  const [first] = await quarantined(url);
  await expect(resolve(url, first!.id, { to: '1', detach: true })).rejects.toThrow(/0 rows .*instead of one/);
  await expect(resolve(url, first!.id, { setAside: true })).rejects.toThrow(/0 rows .*instead of one/);
  expect((await quarantined(url)).length).toBe(2);
});
