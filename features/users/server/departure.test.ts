import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});

const contact = async (person: Person) =>
  (await person.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper' })).body.id as string;

describe('when an admin deletes a user', () => {
  it('everything that they owned goes to the named colleague, private records too', async () => {
    const [leaver, heir] = [await world.person(ada.companyId), await world.person(ada.companyId)];
    const [open, secret] = [await contact(leaver), await contact(leaver)];
    await world.admin.query('update contacts set private_to = owner_id where id = $1', [secret]);
    expect((await ada.get(`/api/contacts/${secret}`)).status).toBe(404);
    const answer = await ada.delete(`/api/users/${leaver.userId}?reassign_to=${heir.userId}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ reassigned_to: heir.userId, reassigned: { contacts: 2 } });
    for (const id of [open, secret]) {
      expect((await heir.get(`/api/contacts/${id}`)).body.owner_id).toBe(heir.userId);
    }
    expect((await ada.get(`/api/contacts/${secret}`)).status).toBe(404);
  });

  it('without a name, the admin takes over; the user is listed only among the deleted', async () => {
    const leaver = await world.person(ada.companyId);
    const id = await contact(leaver);
    expect((await ada.delete(`/api/users/${leaver.userId}`)).body.reassigned_to).toBe(ada.userId);
    expect((await ada.get(`/api/contacts/${id}`)).body.owner_id).toBe(ada.userId);
    expect((await ada.get(`/api/users/${leaver.userId}`)).status).toBe(404);
    expect((await ada.delete(`/api/users/${leaver.userId}`)).status).toBe(404);
    const deleted = (await ada.get('/api/users/?status=deleted&limit=200')).body.items;
    expect(deleted.map((u: { id: string }) => u.id)).toContain(leaver.userId);
  });

  it('their sessions, keys, login, teams and reports end with them, and their address is free', async () => {
    const [leaver, report] = [await world.person(ada.companyId), await world.person(ada.companyId)];
    const { rows: key } = await world.admin.query(
      `insert into api_keys (company_id, user_id, name, prefix, key_hash) values ($1, $2, 'k', 'k', 'x') returning id`,
      [ada.companyId, leaver.userId],
    );
    await ada.put(`/api/users/${report.userId}`, { manager_id: leaver.userId });
    await ada.delete(`/api/users/${leaver.userId}`);
    expect((await leaver.get('/api/users/me')).status).toBe(401);
    const { rows } = await world.admin.query(
      `select (select revoked_at is not null from sessions where id = $1) as session,
        (select revoked_at is not null from api_keys where id = $2) as key,
        not exists (select from login_identities where email = $3) as login`,
      [leaver.sessionId, key[0].id, leaver.email],
    );
    expect(rows[0]).toEqual({ session: true, key: true, login: true });
    expect((await ada.get(`/api/users/${report.userId}`)).body.manager_id).toBeNull();
  });

  it('nothing happens when the heir is a stranger, has left or is the leaver', async () => {
    const leaver = await world.person(ada.companyId);
    const gone = await world.person(ada.companyId);
    await ada.delete(`/api/users/${gone.userId}`);
    const id = await contact(leaver);
    for (const heir of [bob.userId, gone.userId, leaver.userId]) {
      const answer = await ada.delete(`/api/users/${leaver.userId}?reassign_to=${heir}`);
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0].field).toBe('reassign_to');
    }
    expect((await leaver.get(`/api/contacts/${id}`)).status).toBe(200);
    expect((await bob.delete(`/api/users/${leaver.userId}?reassign_to=${bob.userId}`)).status).toBe(404);
  });

  it('a sales rep may not, nor may the last admin be deleted', async () => {
    const { id, admin } = await world.company();
    const rep = await world.person(id);
    const mine = await contact(admin);
    expect((await rep.delete(`/api/users/${admin.userId}`)).status).toBe(403);
    expect((await admin.delete(`/api/users/${admin.userId}?reassign_to=${rep.userId}`)).status).toBe(409);
    expect((await admin.get(`/api/contacts/${mine}`)).body.owner_id).toBe(admin.userId);
  });

  it('the audit log says who deleted whom, and what was handed over', async () => {
    const leaver = await world.person(ada.companyId);
    const id = await contact(leaver);
    await ada.delete(`/api/users/${leaver.userId}`);
    const { rows } = await world.admin.query(
      'select user_id, action, resource_type from audit_logs where resource_id = any ($1) and user_id = $2 order by id',
      [[leaver.userId, id], ada.userId],
    );
    expect(rows.map((r) => `${r.action} ${r.resource_type}`)).toEqual(['update contacts', 'delete users']);
  });
});
