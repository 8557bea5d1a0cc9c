import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { notify } from './service.ts';

let world: World;
let ada: Person;
let rep: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  bob = (await world.company('Sunstone')).admin;
});

const from = (person: Person) =>
  world.door.asCompany({ companyId: person.companyId, userId: person.userId, owners: [person.userId] });
const send = (sender: Person, reader: Person, title = 'Hello') =>
  notify(from(sender), { userId: reader.userId, title, message: 'A message', link: '/deals' });

describe('notifications', () => {
  it('are written for a colleague, who alone reads them', async () => {
    const id = await send(ada, rep);
    const mine = (await rep.get('/api/notifications')).body.items;
    expect(mine).toMatchObject([{ id, title: 'Hello', type: 'info', read: false, read_at: null, link: '/deals' }]);
    for (const other of [ada, bob]) expect((await other.get('/api/notifications')).body.items).toEqual([]);
    const { rows } = await world.admin.query('select company_id from notifications where id = $1', [id]);
    expect(rows[0].company_id).toBe(ada.companyId);
  });

  it('are never written for a user of another company', async () => {
    const none = { ...bob, userId: '01900000-0000-7000-8000-000000000000' };
    const errors = await Promise.all(
      [send(ada, bob), send(ada, none)].map((p) => p.catch((e: { code: string }) => e.code)),
    );
    expect(errors).toEqual(['23503', '23503']);
    await expect(world.door.gate('notify', [bob.userId, 't', 'm', 'info', null])).rejects.toThrow();
    expect((await bob.get('/api/notifications/unread-count')).body).toEqual({ unread_count: 0 });
  });

  it('count, are read one by one and all at once, and are deleted', async () => {
    const reader = await world.person(ada.companyId, 'sales_manager');
    const ids = [await send(ada, reader, 'One'), await send(ada, reader, 'Two'), await send(ada, reader, 'Three')];
    const unread = async () => (await reader.get('/api/notifications/unread-count')).body.unread_count;
    expect(await unread()).toBe(3);
    const read = await reader.post(`/api/notifications/${ids[0]}/mark-read`);
    expect(read.body).toMatchObject({ id: ids[0], read: true });
    const again = await reader.post(`/api/notifications/${ids[0]}/mark-read`);
    expect(again.body.read_at).toBe(read.body.read_at);
    const titles = async (query: string) =>
      (await reader.get(`/api/notifications/?${query}`)).body.items.map((n: { title: string }) => n.title);
    expect(await titles('read=false')).toEqual(['Three', 'Two']);
    const page = (await reader.get('/api/notifications/?limit=2')).body;
    expect(await titles(`limit=2&cursor=${page.next_cursor}`)).toEqual(['One']);
    expect((await reader.post('/api/notifications/mark-all-read')).body).toEqual({ count: 2 });
    expect(await unread()).toBe(0);
    expect((await reader.delete(`/api/notifications/${ids[1]}`)).status).toBe(204);
    expect((await reader.delete('/api/notifications/')).body).toEqual({ count: 2 });
    expect(await titles('')).toEqual([]);
  });

  it('of another are as if they did not exist, to a colleague and to another company', async () => {
    const id = await send(ada, rep, 'Kept');
    const attempts = (person: Person, one: string) => [
      person.post(`/api/notifications/${one}/mark-read`),
      person.delete(`/api/notifications/${one}`),
    ];
    for (const other of [ada, bob]) {
      const answers = await Promise.all(attempts(other, id));
      const none = await Promise.all(attempts(other, '01900000-0000-7000-8000-000000000000'));
      expect(answers.map((a) => [a.status, a.text])).toEqual(none.map((a) => [404, a.text]));
      await other.post('/api/notifications/mark-all-read');
      await other.delete('/api/notifications');
    }
    const kept = (await rep.get('/api/notifications?read=false')).body.items;
    expect(kept.map((n: { id: string }) => n.id)).toContain(id);
  });

  it('need a user of a company', async () => {
    expect((await world.anonymous.get('/api/notifications')).status).toBe(401);
    const root = await world.superAdmin();
    expect((await root.get('/api/notifications')).status).toBe(403);
    expect((await rep.post('/api/notifications/x/mark-read')).status).toBe(400);
    expect((await rep.get('/api/notifications?user_id=x')).status).toBe(400);
  });

  it('are told to their reader’s clients only', async () => {
    const id = await send(ada, rep);
    const heard: unknown[] = [];
    const stop = world.app.events.subscribe((change) => heard.push(change as object));
    await rep.post(`/api/notifications/${id}/mark-read`);
    stop();
    expect(heard).toEqual([
      { companyId: rep.companyId, table: 'notifications', id, action: 'updated', privateTo: rep.userId },
    ]);
  });
});
