import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';

describe('handing over', () => {
  let world: World;
  let ada: Person;
  let bob: Person;
  let rep: Person;
  let heir: Person;

  beforeAll(async () => {
    world = await createWorld();
    ada = (await world.company('Nadan')).admin;
    bob = (await world.company('Sunstone')).admin;
    rep = await world.person(ada.companyId);
    heir = await world.person(ada.companyId);
  });

  const contact = async (person: Person): Promise<string> =>
    (await person.post('/api/contacts', { first_name: 'A', last_name: 'B' })).body.id;
  const ownerOf = async (id: string) => (await ada.get(`/api/contacts/${id}`)).body.owner_id;

  it('gives what one owns to another, who stays in the company with nothing', async () => {
    const id = await contact(rep);
    const answer = await ada.post(`/api/users/${rep.userId}/hand-over`, { to: heir.userId });
    expect([answer.status, answer.body]).toEqual([200, { reassigned_to: heir.userId, reassigned: { contacts: 1 } }]);
    expect(await ownerOf(id)).toBe(heir.userId);
    expect((await ada.get(`/api/users/${rep.userId}`)).body.status).toBe('active');
  });

  it('reaches nobody of another company, from neither end', async () => {
    const id = await contact(rep);
    const foreign = await bob.post(`/api/users/${rep.userId}/hand-over`, { to: bob.userId });
    const none = await bob.post(`/api/users/${NOBODY}/hand-over`, { to: bob.userId });
    expect([foreign.status, foreign.text]).toEqual([404, none.text]);
    expect((await ada.post(`/api/users/${rep.userId}/hand-over`, { to: bob.userId })).status).toBe(400);
    expect(await ownerOf(id)).toBe(rep.userId);
  });

  it('is for admins', async () => {
    const url = `/api/users/${ada.userId}/hand-over`;
    expect((await rep.post(url, { to: rep.userId })).status).toBe(403);
    expect((await world.anonymous.post(url, { to: rep.userId })).status).toBe(401);
    expect((await ada.post(url, {})).status).toBe(400);
  });

  it('tells admins who logs in with a second step, of their own company only', async () => {
    await world.admin.query('update login_identities set totp_confirmed_at = now() where user_id = any ($1)', [
      [rep.userId, bob.userId],
    ]);
    expect((await ada.get('/api/users/two-step')).body).toEqual({ user_ids: [rep.userId] });
    expect((await bob.get('/api/users/two-step')).body).toEqual({ user_ids: [bob.userId] });
    expect((await rep.get('/api/users/two-step')).status).toBe(403);
    expect((await world.anonymous.get('/api/users/two-step')).status).toBe(401);
  });
});
