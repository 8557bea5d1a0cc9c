import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company()).admin;
});

const entries = async (id: string) =>
  (await world.admin.query('select action, changes from audit_logs where resource_id = $1 order by id', [id])).rows;
const derived = /search_text|_key|weighted_value/;

describe('the audit log leaves out columns that say nothing of their own', () => {
  it('whether a record is made, changed, or deleted for good', async () => {
    const contact = (await ada.post('/api/contacts', { first_name: 'Grace', last_name: 'Hopper', email: 'g@x.org' }))
      .body;
    await ada.patch(`/api/contacts/${contact.id}`, { last_name: 'Murray' });
    await world.admin.query('delete from contacts where id = $1', [contact.id]);
    const log = await entries(contact.id);
    expect(log.map(({ action }) => action)).toEqual(['create', 'update', 'delete']);
    expect(JSON.stringify(log)).not.toMatch(derived);
    expect(log[0].changes.after).toMatchObject({ id: contact.id, last_name: 'Hopper', email: 'g@x.org', version: 1 });
    expect(log[1].changes).toEqual({ before: { last_name: 'Hopper' }, after: { last_name: 'Murray' } });
    expect(log[2].changes.before).toMatchObject({ last_name: 'Murray', owner_id: ada.userId });
  });

  it('and makes no entry where nothing else changed: to log in is not to edit the user', async () => {
    const before = await entries(ada.userId);
    await world.admin.query('update users set last_login_at = now() where id = $1', [ada.userId]);
    expect(await entries(ada.userId)).toEqual(before);
    await world.admin.query(`update users set last_login_at = now(), title = 'Countess' where id = $1`, [ada.userId]);
    expect((await entries(ada.userId)).at(-1).changes).toEqual({
      before: { title: null },
      after: { title: 'Countess' },
    });
  });

  it('in every table: a column that is derived is left out from the day that it is made', async () => {
    const { rows } = await world.admin.query(
      `select tgrelid::regclass::text as table, string_to_array(encode(tgargs, 'escape'), '\\000') as given,
         app.unlogged(tgrelid)::text as unlogged
       from pg_trigger where tgfoid = 'gate.audit'::regproc`,
    );
    expect(rows.map((row) => row.table)).toEqual(expect.arrayContaining(['contacts', 'deals', 'users', 'imports']));
    for (const { table, given, unlogged } of rows) expect([table, given[1]]).toEqual([table, unlogged]);
    const secretsOf = (table: string) => rows.find((row) => row.table === table)?.given[0];
    expect(secretsOf('imports')).toBe('{file_key,file_hash}');
    expect(secretsOf('api_keys')).toBe('{key_hash}');
  });
});
