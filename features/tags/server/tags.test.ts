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

const contact = async (person: Person, tags: string[], more = {}): Promise<string> =>
  (await person.post('/api/contacts/', { first_name: 'A', last_name: 'B', tags, ...more })).body.id;
const tagsOf = async (person: Person, id: string) => (await person.get(`/api/contacts/${id}`)).body.tags;
const named = async (person: Person, name: string) =>
  (await person.get('/api/tags/?limit=200')).body.items.find((tag: { name: string }) => tag.name === name);

describe('tags', () => {
  it('are listed as soon as a contact carries them, with counts of what the caller sees', async () => {
    await contact(ada, ['vip', 'new']);
    await contact(rep, ['vip']);
    expect(await named(ada, 'vip')).toMatchObject({ contact_count: 2, deal_count: 0, color: null });
    expect(await named(rep, 'vip')).toMatchObject({ contact_count: 1 });
    expect(await named(bob, 'vip')).toBeUndefined();
  });

  it('are made, coloured and read', async () => {
    const made = await ada.post('/api/tags/', { name: 'partner', color: '#1f7a8c' });
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ name: 'partner', contact_count: 0 })]);
    const changed = await ada.patch(`/api/tags/${made.body.id}`, { color: '#000000' }, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ color: '#000000', version: 2 });
    expect((await ada.patch(`/api/tags/${made.body.id}`, { color: null }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await rep.get(`/api/tags/${made.body.id}`)).body.color).toBe('#000000');
    expect((await ada.post('/api/tags/', { name: 'partner' })).status).toBe(409);
    expect((await bob.post('/api/tags/', { name: 'partner' })).status).toBe(201);
  });

  it('keep their new name on every record, a colleague’s private one too', async () => {
    const open = await contact(ada, ['lead', 'x']);
    const hidden = await contact(rep, ['lead'], { private_to: rep.userId });
    const theirs = await contact(bob, ['lead']);
    const { id } = await named(ada, 'lead');
    const renamed = await ada.patch(`/api/tags/${id}`, { name: 'prospect' });
    expect(renamed.body).toMatchObject({ name: 'prospect', contact_count: 1 });
    expect(await tagsOf(ada, open)).toEqual(['prospect', 'x']);
    expect(await tagsOf(rep, hidden)).toEqual(['prospect']);
    expect(await tagsOf(bob, theirs)).toEqual(['lead']);
    expect((await ada.patch(`/api/tags/${id}`, { name: 'x' })).status).toBe(409);
    expect(await tagsOf(ada, open)).toEqual(['prospect', 'x']);
  });

  it('leave every record when they are deleted', async () => {
    const id = await contact(ada, ['old', 'y']);
    const tag = await named(ada, 'old');
    expect((await ada.delete(`/api/tags/${tag.id}`)).status).toBe(204);
    expect(await tagsOf(ada, id)).toEqual(['y']);
    expect(await named(ada, 'old')).toBeUndefined();
  });

  it('become one with another on every record, which never carries it twice', async () => {
    const both = await contact(ada, ['client', 'customer']);
    const hidden = await contact(rep, ['client'], { private_to: rep.userId });
    const [client, customer] = [await named(ada, 'client'), await named(ada, 'customer')];
    const foreign = await named(bob, 'partner');
    expect((await ada.post(`/api/tags/${client.id}/merge`, { into: foreign.id })).status).toBe(404);
    expect((await bob.post(`/api/tags/${client.id}/merge`, { into: foreign.id })).status).toBe(404);
    expect((await ada.post(`/api/tags/${client.id}/merge`, { into: client.id })).status).toBe(404);
    expect((await rep.post(`/api/tags/${client.id}/merge`, { into: customer.id })).status).toBe(403);
    expect((await world.anonymous.post(`/api/tags/${client.id}/merge`, { into: customer.id })).status).toBe(401);
    expect((await ada.post(`/api/tags/${client.id}/merge`, {})).status).toBe(400);
    const merged = await ada.post(`/api/tags/${client.id}/merge`, { into: customer.id });
    expect([merged.status, merged.body]).toEqual([
      200,
      expect.objectContaining({ name: 'customer', contact_count: 1 }),
    ]);
    expect(await tagsOf(ada, both)).toEqual(['customer']);
    expect(await tagsOf(rep, hidden)).toEqual(['customer']);
    expect(await named(ada, 'client')).toBeUndefined();
  });

  it("answer another company's as ones that do not exist", async () => {
    await contact(ada, ['secret']);
    const { id } = await named(ada, 'secret');
    const none = await bob.get('/api/tags/01900000-0000-7000-8000-000000000000');
    for (const answer of [
      await bob.get(`/api/tags/${id}`),
      await bob.patch(`/api/tags/${id}`, { name: 'taken' }),
      await bob.delete(`/api/tags/${id}`),
    ]) {
      expect([answer.status, answer.text]).toEqual([404, none.text]);
    }
    expect((await named(ada, 'secret')).version).toBe(1);
  });

  it('are renamed and deleted by admins only, and seen by members only', async () => {
    const { id } = (await ada.post('/api/tags/', { name: 'z' })).body;
    expect((await rep.patch(`/api/tags/${id}`, { name: 'zz' })).status).toBe(403);
    expect((await rep.delete(`/api/tags/${id}`)).status).toBe(403);
    expect((await world.anonymous.get('/api/tags/')).status).toBe(401);
    expect((await (await world.superAdmin()).get('/api/tags/')).status).toBe(403);
  });

  it.each([[{}], [{ name: '' }], [{ name: 'a', color: 'red' }], [{ name: 'a', company_id: 'b' }]])(
    'refuse %j',
    async (body) => {
      expect((await ada.post('/api/tags/', body)).status).toBe(400);
    },
  );
});
