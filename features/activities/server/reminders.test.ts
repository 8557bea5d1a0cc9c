import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { remind } from './jobs.ts';

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

const AT = '2099-01-01T08:00:00+00:00';
const make = async (fields = {}) =>
  (await rep.post('/api/activities', { type: 'call', subject: 'Ring Grace', reminder_at: AT, ...fields })).body
    .id as string;
const run = (id: string, companyId = ada.companyId, reminder_at = AT) =>
  remind.run(
    world.door.asCompany({ companyId, userId: null, owners: '*' }),
    { activity_id: id, reminder_at },
    AbortSignal.timeout(5_000),
    world.app.events,
  );
const received = async (person: Person) => (await person.get('/api/notifications')).body.items;

describe('reminders', () => {
  it('reach the owner and nobody else, once however often the job runs', async () => {
    const id = await make();
    await run(id);
    await run(id);
    expect(await received(rep)).toMatchObject([{ title: 'Ring Grace', link: `/activities/${id}`, read: false }]);
    expect([await received(ada), await received(bob)]).toEqual([[], []]);
    expect((await received(rep))[0]).toMatchObject({
      key: 'reminder',
      params: { subject: 'Ring Grace', due_at: null },
    });
    expect((await rep.get(`/api/activities/${id}`)).body.reminded_at).not.toBeNull();
  });

  it('reach the owner of an activity that is private to them', async () => {
    const before = (await received(rep)).length;
    await run(await make({ private_to: rep.userId }));
    expect(await received(rep)).toHaveLength(before + 1);
  });

  it('do not come where the activity is done, deleted, put off, or of another company', async () => {
    const before = (await received(rep)).length;
    const [done, deleted, putOff, other] = [await make(), await make(), await make(), await make()];
    await rep.patch(`/api/activities/${done}/complete`, {});
    await rep.delete(`/api/activities/${deleted}`);
    await rep.patch(`/api/activities/${putOff}`, { reminder_at: '2099-02-01T08:00:00Z' });
    for (const id of [done, deleted, putOff]) await run(id);
    await run(other, bob.companyId);
    expect(await received(rep)).toHaveLength(before);
    await run(putOff, ada.companyId, '2099-02-01T08:00:00Z');
    expect(await received(rep)).toHaveLength(before + 1);
  });

  it('wait in the queue once per activity, under the time that was last asked for', async () => {
    const waiting = async (id: string) => {
      const { rows } = await world.admin.query('select run_at from jobs where company_id = $1 and key = $2', [
        ada.companyId,
        `activities.remind:${id}`,
      ]);
      return rows.map((row) => row.run_at.toISOString());
    };
    const id = await make();
    expect(await waiting(id)).toEqual(['2099-01-01T08:00:00.000Z']);
    await rep.patch(`/api/activities/${id}`, { reminder_at: '2099-03-01T08:00:00Z' });
    await rep.patch(`/api/activities/${id}`, { subject: 'Ring her' });
    expect(await waiting(id)).toEqual(['2099-03-01T08:00:00.000Z']);
    await rep.patch(`/api/activities/${id}`, { reminder_at: null });
    expect(await waiting(id)).toEqual([]);
  });

  it('are told to their reader’s clients only', async () => {
    const id = await make();
    const heard: unknown[] = [];
    const stop = world.app.events.subscribe((change) => heard.push(change));
    await run(id);
    stop();
    expect(heard).toMatchObject([{ companyId: ada.companyId, table: 'notifications', privateTo: rep.userId }]);
  });
});
