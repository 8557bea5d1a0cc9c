import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let admin: Person;
let rep: Person;
let stranger: Person;
const NONE = '01900000-0000-7000-8000-000000000000';

beforeAll(async () => {
  world = await createWorld();
  admin = (await world.company('Nadan')).admin;
  rep = await world.person(admin.companyId, 'sales_rep');
  stranger = (await world.company('Sunstone')).admin;
});

const make = async (person: Person, fields = {}) =>
  (await person.post('/api/api-keys', { name: 'CI', ...fields })).body;
const names = async (person: Person) =>
  (await person.get('/api/api-keys')).body.items.map((key: { name: string }) => key.name);

describe('API keys', () => {
  it('are shown once, kept as a hash, and work as their user', async () => {
    const made = await rep.post('/api/api-keys', { name: ' Zapier ' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'Zapier',
      user_id: rep.userId,
      last_used_at: null,
      key: expect.stringMatching(/^bhk_/),
    });
    const { key } = made.body;
    const client = world.as(key);
    const contact = await client.post('/api/contacts', { first_name: 'A', last_name: 'B' });
    expect(contact.body.owner_id).toBe(rep.userId);
    const list = await rep.get('/api/api-keys');
    expect(list.text).not.toContain(key);
    expect(list.body.items[0].last_used_at).not.toBeNull();
    const { rows } = await world.admin.query(`select to_jsonb(k)::text as row from api_keys k
      union all select changes::text from audit_logs where resource_type = 'api_keys'`);
    for (const { row } of rows) expect(row).not.toContain(key);
  });

  it('are no use in another company, nor with a character changed', async () => {
    const { key } = await make(rep);
    const secret = (await admin.post('/api/contacts', { first_name: 'A', last_name: 'B' })).body.id;
    const theirs = (await make(stranger)).key;
    expect((await world.as(theirs).get(`/api/contacts/${secret}`)).status).toBe(404);
    expect((await world.as(`${key}x`).get('/api/contacts')).status).toBe(401);
  });

  it('are seen and revoked by their user and the admins, not by colleagues', async () => {
    const colleague = await world.person(admin.companyId);
    const { id } = await make(colleague, { name: 'of a colleague' });
    expect(await names(rep)).not.toContain('of a colleague');
    expect((await rep.delete(`/api/api-keys/${id}`)).status).toBe(404);
    expect(await names(admin)).toContain('of a colleague');
    expect((await admin.delete(`/api/api-keys/${id}`)).status).toBe(204);
    expect(await names(colleague)).toEqual([]);
  });

  it('stop working the moment they are revoked', async () => {
    const { id, key } = await make(rep);
    expect((await world.as(key).get('/api/contacts')).status).toBe(200);
    expect((await rep.delete(`/api/api-keys/${id}`)).status).toBe(204);
    expect((await world.as(key).get('/api/contacts')).status).toBe(401);
    expect((await rep.delete(`/api/api-keys/${id}`)).status).toBe(404);
  });

  it('of another company do not exist', async () => {
    const { id, key } = await make(rep);
    const theirs = await stranger.delete(`/api/api-keys/${id}`);
    expect(theirs.status).toBe(404);
    expect(theirs.text).toBe((await stranger.delete(`/api/api-keys/${NONE}`)).text);
    expect((await world.as(key).get('/api/contacts')).status).toBe(200);
    expect(await names(stranger)).not.toContain('CI ');
  });

  it('run out when they say', async () => {
    expect((await rep.post('/api/api-keys', { name: 'x', expires_at: '2020-01-01T00:00:00Z' })).status).toBe(400);
    const { id, key } = await make(rep, { expires_at: new Date(Date.now() + 60_000).toISOString() });
    await world.admin.query('update api_keys set expires_at = now() where id = $1', [id]);
    expect((await world.as(key).get('/api/contacts')).status).toBe(401);
  });

  it('make no other keys, and nobody makes one for somebody else', async () => {
    const { key } = await make(rep);
    expect((await world.as(key).post('/api/api-keys', { name: 'another' })).status).toBe(403);
    expect((await rep.post('/api/api-keys', { name: 'x', user_id: admin.userId })).status).toBe(400);
    const context = { companyId: rep.companyId, userId: rep.userId, owners: [rep.userId] };
    const sql = `insert into api_keys (user_id, name, prefix, key_hash) values ('${admin.userId}', 'x', 'x', 'x')`;
    const forged = world.door
      .asCompany(context)
      .run({ compile: () => ({ sql, parameters: [], query: undefined, queryId: undefined }) as never });
    await expect(forged).rejects.toThrow(/row-level security/);
  });

  it('ask who calls, and for what can be a name', async () => {
    expect((await world.anonymous.get('/api/api-keys')).status).toBe(401);
    expect((await world.anonymous.post('/api/api-keys', { name: 'x' })).status).toBe(401);
    expect((await rep.post('/api/api-keys', { name: '  ' })).status).toBe(400);
    expect((await (await world.superAdmin()).get('/api/api-keys')).status).toBe(403);
  });
});
