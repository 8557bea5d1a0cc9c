import { expect, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { quarantined, resolve, restore, setAsides } from './resolve.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { dump } from './testing/dump.ts';
import { verify } from './verify.ts';

const schema = `
  create table companies (id integer primary key, name text not null);
  create table users (id integer primary key, company_id integer references companies (id));
  create table contacts (id integer primary key, owner_id integer references users (id));
  create table messages (id integer primary key, user_id integer references users (id), contact_id integer references contacts (id), body json not null);
  create table settings (id integer primary key, user_id integer not null references users (id), note text, constraint note_known check (note <> ''));
  insert into companies values (1, 'Nadan'), (2, 'Sunstone');
  insert into users values (1, 1), (2, 2), (3, 2);
  insert into contacts values (1, 1), (2, 2);
  insert into messages values (1, 1, 1, '{"a" :1}'), (2, 1, 2, '{"b":  2}'), (3, null, null, '{}'), (4, 2, 2, '{}');
  insert into settings values (1, 1, 'first'), (2, 2, 'kept'), (3, 3, 'second');`;

test('what cannot be derived, or is of two companies, waits for a person; what they decide is carried out, and taken back', async () => {
  const { url, client, appRole } = await emptyDatabase(schema);
  const before = await dump(client);
  const plan = await makePlan(url, { newUnique: { settings: [[]] }, privateTo: { messages: 'user_id' } });
  expect(await apply(url, plan)).toMatchObject({ state: 'quarantine', quarantined: 2, setAside: 1 });
  const waiting = await quarantined(url);
  expect(waiting.map(({ key, reason, candidates }) => ({ key, reason, candidates }))).toEqual([
    { key: { id: '2' }, reason: 'ambiguous', candidates: ['1', '2'] },
    { key: { id: '3' }, reason: 'orphan', candidates: [] },
  ]);
  const [ambiguous, orphan] = waiting;
  await expect(resolve(url, ambiguous!.id, { to: '1' })).rejects.toThrow(
    /contact_id points at a row of public.contacts that belongs to 2.*--detach/s,
  );
  await expect(resolve(url, ambiguous!.id, { to: '9' })).rejects.toThrow('public.companies has no row 9');
  await resolve(url, ambiguous!.id, { to: '1', detach: true, privateTo: '1' });
  await resolve(url, orphan!.id, { setAside: true });
  expect(await apply(url, plan, { through: 'force' })).toMatchObject({
    state: 'complete',
    quarantined: 0,
    setAside: 2,
  });
  const { checks, remaining } = await verify(url);
  expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['the whole audit']);
  // Ids that somebody counts out by hand.
  expect(remaining.map(({ rule, object }) => `${rule} ${object}`).sort()).toEqual(
    ['contacts', 'messages', 'settings', 'users'].map((table) => `41 public.${table}: ${table}_pkey`),
  );

  await client.query(`set role ${appRole}; set app.company_id = '1'; set app.user_id = '1'`);
  expect((await client.query('select id from messages order by id')).rows).toEqual([{ id: 1 }, { id: 2 }]);
  await client.query(`set app.user_id = '7'`);
  expect((await client.query('select id from messages')).rows).toEqual([]);
  await client.query('reset role');

  await rollback(url);
  expect(await dump(client)).toBe(before);
});

test('a second row under a new unique key is set aside whole, and can be put back once there is room', async () => {
  const { url, client } = await emptyDatabase(`${schema} delete from messages where id in (2, 3)`);
  const plan = await makePlan(url, { newUnique: { settings: [[]] } });
  expect(await apply(url, plan, { through: 'force' })).toMatchObject({ state: 'complete', setAside: 1 });
  const [aside] = await setAsides(url);
  expect(aside).toMatchObject({
    table: 'public.settings',
    twin: { id: '2' },
    line: { id: 3, user_id: 3, note: 'second' },
  });
  await expect(restore(url, aside!.id)).rejects.toThrow(/unique/);
  await client.query('delete from settings where id = 2');
  await restore(url, aside!.id);
  expect((await client.query('select id, user_id, note, company_id from settings where id = 3')).rows).toEqual([
    { id: 3, user_id: 3, note: 'second', company_id: 2 },
  ]);
});

test('a row that contradicts what it points at is found though its company is filled in', async () => {
  const { url } = await emptyDatabase(`${schema} delete from messages where id in (2, 3);
    alter table contacts add company_id integer references companies (id); update contacts set company_id = 2;`);
  expect(await apply(url, await makePlan(url))).toMatchObject({ state: 'quarantine' });
  expect(await quarantined(url)).toMatchObject([
    { table: 'public.contacts', key: { id: '1' }, reason: 'contradiction', candidates: ['1', '2'] },
    { table: 'public.messages', key: { id: '1' }, reason: 'ambiguous', candidates: ['1', '2'] },
  ]);
});
