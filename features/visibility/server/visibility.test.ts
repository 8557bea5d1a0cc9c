import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const NOBODY = '01900000-0000-7000-8000-000000000000';
let world: World;
let ada: Person;
let bob: Person;
let rep: Person;
let manager: Person;
let contact: string;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId);
  manager = await world.person(ada.companyId, 'sales_manager');
  contact = (await rep.post('/api/contacts/', { first_name: 'G', last_name: 'H' })).body.id;
});

const ask = (person: Person, about: Person, id = contact, resource = 'contacts') =>
  person.get(`/api/visibility/${about.userId}?resource=${resource}&id=${id}`);
const verdict = async (about: Person, id = contact) => {
  const { visible, reason } = (await ask(ada, about, id)).body;
  // The explanation is worth something only if it agrees with what happens.
  expect((await about.get(`/api/contacts/${id}`)).status).toBe(visible ? 200 : 404);
  return reason;
};

describe('the explainer of visibility', () => {
  it('says why each person sees a record or not, and agrees with what they get', async () => {
    const stranger = await world.person(ada.companyId);
    expect(await verdict(rep)).toBe('owner');
    expect(await verdict(ada)).toBe('admin');
    expect(await verdict(stranger)).toBe('owned_by_another');
    expect(await verdict(manager)).toBe('owned_by_another');
    const team = (await ada.post('/api/teams', { name: 'North', team_lead_id: manager.userId })).body.id;
    await ada.put(`/api/teams/${team}/members/${rep.userId}`, {});
    expect(await verdict(manager)).toBe('team');
    expect((await ask(ada, manager)).body.explanation).toContain('North');
    const secret = (await rep.post('/api/contacts/', { first_name: 'G', last_name: 'H' })).body.id;
    await world.admin.query('update contacts set private_to = owner_id where id = $1', [secret]);
    expect(await verdict(rep, secret)).toBe('private_to_them');
    expect(await verdict(ada, secret)).toBe('private_to_another');
    expect(await verdict(manager, secret)).toBe('private_to_another');
    await rep.delete(`/api/contacts/${secret}`);
    expect(await verdict(rep, secret)).toBe('record_deleted');
  });

  it('is for admins, and knows nothing of other companies', async () => {
    expect((await ask(rep, rep)).status).toBe(403);
    expect((await world.anonymous.get(`/api/visibility/${rep.userId}?resource=contacts&id=${contact}`)).status).toBe(
      401,
    );
    const none = await ask(ada, ada, NOBODY);
    expect(none.status).toBe(404);
    for (const answer of [await ask(bob, bob), await ask(bob, rep), await ask(ada, bob)]) {
      expect(answer.status).toBe(404);
      expect(answer.text).toBe(none.text);
    }
  });

  it('refuses what is no resource with owners', async () => {
    for (const resource of ['users', 'login_identities', 'pg_class', 'nothing', 'contacts;drop']) {
      expect((await ask(ada, ada, contact, resource)).status).toBe(400);
    }
  });
});
