import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
});

const create = async (person: Person, fields = {}): Promise<{ id: string }> =>
  (await person.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper', ...fields })).body;

const asUser = async (person: Person, sql: string, values: unknown[]): Promise<{ id: string }> => {
  await world.admin.query("select set_config('app.company_id', $1, false), set_config('app.user_id', $2, false)", [
    person.companyId,
    person.userId,
  ]);
  return (await world.admin.query(sql, values)).rows[0];
};

describe('merging two contacts', () => {
  it('keeps what was filled in, unites tags, and takes what was chosen', async () => {
    const kept = await create(ada, { email: 'grace@example.com', tags: ['vip'], notes: 'One', title: 'Admiral' });
    const duplicate = await create(ada, { phone: '+1 555 0100', tags: ['navy'], notes: 'Two', title: 'Professor' });
    const merged = await ada.post(`/api/contacts/${kept.id}/merge`, {
      duplicate_id: duplicate.id,
      fields: { title: 'duplicate' },
    });
    expect(merged.status).toBe(200);
    expect(merged.body).toMatchObject({
      id: kept.id,
      email: 'grace@example.com',
      phone: '+1 555 0100',
      tags: ['vip', 'navy'],
      notes: 'One\n\nTwo',
      title: 'Professor',
    });
  });

  it('leads from the merged contact to the kept one, over several merges too', async () => {
    const [a, b, c] = [await create(ada), await create(ada), await create(ada)];
    expect((await ada.post(`/api/contacts/${b.id}/merge`, { duplicate_id: c.id })).status).toBe(200);
    expect((await ada.post(`/api/contacts/${a.id}/merge`, { duplicate_id: b.id })).status).toBe(200);
    for (const gone of [b, c]) {
      const answer = await ada.get(`/api/contacts/${gone.id}`);
      expect([answer.status, answer.headers.location]).toEqual([308, `/api/contacts/${a.id}`]);
      expect((await bob.get(`/api/contacts/${gone.id}`)).status).toBe(404);
      expect((await ada.patch(`/api/contacts/${gone.id}`, { title: 'x' })).status).toBe(404);
      expect((await ada.post(`/api/contacts/${gone.id}/restore`)).status).toBe(404);
    }
    expect(
      (await ada.get('/api/contacts/?deleted=true&limit=200')).body.items.map((i: { id: string }) => i.id),
    ).not.toContain(b.id);
  });

  it('moves the rows of every table that names a contact, those that the caller cannot see too', async () => {
    const { rows: referring } = await world.admin.query<{ table: string; column: string; stays: boolean }>(`
      select c.conrelid::regclass::text as table, a.attname as column,
        coalesce(obj_description(c.oid, 'pg_constraint'), '') like 'stays%' as stays
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      where c.contype = 'f' and c.confrelid = 'contacts'::regclass and a.attname <> 'company_id'
        and c.conrelid <> 'contacts'::regclass order by 1`);
    expect(referring.map(({ table }) => table)).toEqual(expect.arrayContaining(['activities', 'deals', 'notes']));

    const kept = await create(rep);
    const duplicate = await create(rep);
    const pipeline = await asUser(ada, "insert into pipelines (company_id, name) values ($1, 'P') returning id", [
      ada.companyId,
    ]);
    const stage = await asUser(
      ada,
      "insert into pipeline_stages (company_id, pipeline_id, name, order_index) values ($1, $2, 'S', 0) returning id",
      [ada.companyId, pipeline.id],
    );
    // All of them are Ada's, so that the rep, who merges, sees none of them.
    const rows: Record<string, string> = {
      deals: `insert into deals (company_id, title, pipeline_id, stage_id, owner_id, contact_id)
        values ($1, 'D', '${pipeline.id}', '${stage.id}', $2, $3) returning id`,
      activities: `insert into activities (company_id, type, subject, owner_id, contact_id)
        values ($1, 'call', 'A', $2, $3) returning id`,
      notes: `insert into notes (company_id, body, author_id, contact_id) values ($1, 'N', $2, $3) returning id`,
    };
    const made: [string, string][] = [];
    for (const [table, sql] of Object.entries(rows)) {
      made.push([table, (await asUser(ada, sql, [ada.companyId, ada.userId, duplicate.id])).id]);
    }
    expect((await rep.post(`/api/contacts/${kept.id}/merge`, { duplicate_id: duplicate.id })).status).toBe(200);
    for (const [table, id] of made) {
      const { rows: found } = await world.admin.query(`select contact_id from ${table} where id = $1`, [id]);
      expect([table, found[0].contact_id]).toEqual([table, kept.id]);
    }
    for (const { table, column, stays } of referring) {
      if (stays) continue;
      const { rows: left } = await world.admin.query(`select from ${table} where ${column} = $1`, [duplicate.id]);
      expect([table, left.length]).toEqual([table, 0]);
    }
    const { rows: logged } = await world.admin.query(
      "select resource_type, user_id from audit_logs where resource_id = any ($1) and action = 'update'",
      [made.map(([, id]) => id)],
    );
    expect(logged.map((row) => row.resource_type).sort()).toEqual(Object.keys(rows).sort());
    expect(logged.every((row) => row.user_id === rep.userId)).toBe(true);
  });

  it('leaves alone each table in which two contacts, made one, could collide', async () => {
    const { rows } = await world.admin.query(`
      select u.conrelid::regclass::text as table
      from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'company_id'
      join pg_index i on i.indrelid = k.conrelid and i.indisunique and a.attnum = any (i.indkey)
      join pg_constraint u on u.conindid = i.indexrelid or u.oid = k.oid
      where k.contype = 'f' and k.confrelid = 'contacts'::regclass
        and coalesce(obj_description(k.oid, 'pg_constraint'), '') not like 'stays%'`);
    expect(rows).toEqual([]);
  });

  it("refuses another company's contact on either side as one that does not exist, and changes nothing", async () => {
    const mine = await create(ada);
    const theirs = await create(bob);
    const none = '01900000-0000-7000-8000-000000000000';
    const missing = await ada.post(`/api/contacts/${mine.id}/merge`, { duplicate_id: none });
    expect(missing.status).toBe(404);
    for (const [kept, duplicate_id] of [
      [mine.id, theirs.id],
      [theirs.id, mine.id],
    ]) {
      const answer = await ada.post(`/api/contacts/${kept}/merge`, { duplicate_id });
      expect([answer.status, answer.text]).toEqual([404, missing.text]);
    }
    expect((await ada.get(`/api/contacts/${mine.id}`)).body.version).toBe(1);
    expect((await bob.get(`/api/contacts/${theirs.id}`)).body.version).toBe(1);
  });

  it('refuses a colleague’s contact that the rep cannot see, and the contact itself', async () => {
    const own = await create(rep);
    const hers = await create(ada);
    expect((await rep.post(`/api/contacts/${own.id}/merge`, { duplicate_id: hers.id })).status).toBe(404);
    expect((await rep.post(`/api/contacts/${own.id}/merge`, { duplicate_id: own.id })).status).toBe(400);
    expect(
      (await rep.post(`/api/contacts/${own.id}/merge`, { duplicate_id: hers.id, fields: { id: 'kept' } })).status,
    ).toBe(400);
    expect((await world.anonymous.post(`/api/contacts/${own.id}/merge`, { duplicate_id: hers.id })).status).toBe(401);
  });
});
