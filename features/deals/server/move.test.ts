import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline, NOBODY } from '../../pipelines/server/testing.ts';

let world: World;
let ada: Person;
let bob: Person;
let sales: Awaited<ReturnType<typeof makePipeline>>;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  sales = await makePipeline(ada);
  await makePipeline(bob);
});

const create = async (person: Person, fields = {}) =>
  (await person.post('/api/deals/', { title: 'Boiler', value: '1000.00', ...fields })).body;
const today = () => new Date().toISOString().slice(0, 10);

describe('moving a deal', () => {
  it('wins, loses and reopens it by the stage it goes to, and keeps the history', async () => {
    const { id } = await create(ada);
    const move = (body: object) => ada.patch(`/api/deals/${id}/move`, body);
    expect((await move({ stage_id: sales.won, won_reason: 'Price' })).body).toMatchObject({
      status: 'won',
      probability: 100,
      weighted_value: '1000.00',
      actual_close_date: today(),
      won_reason: 'Price',
    });
    expect((await move({ stage_id: sales.lost, lost_reason: 'Budget' })).body).toMatchObject({
      status: 'lost',
      probability: 0,
      won_reason: null,
      lost_reason: 'Budget',
    });
    expect((await move({ stage_id: sales.offer })).body).toMatchObject({
      status: 'open',
      probability: 50,
      actual_close_date: null,
      lost_reason: null,
    });
    const history = await ada.get(`/api/deals/${id}/history`);
    expect(history.body.items).toMatchObject([
      { from_stage: null, to_stage: 'New' },
      { from_stage: 'New', to_stage: 'Won', moved_by: ada.userId, value: '1000.00', seconds_in_stage: 0 },
      { from_stage: 'Won', to_stage: 'Lost' },
      { from_stage: 'Lost', to_stage: 'Offer' },
    ]);
    const page = await ada.get(`/api/deals/${id}/history?limit=3`);
    const rest = await ada.get(`/api/deals/${id}/history?limit=3&cursor=${page.body.next_cursor}`);
    expect(rest.body.items).toEqual(history.body.items.slice(3));
  });

  it('changes nothing for a deal that is in the stage already', async () => {
    const deal = await create(ada, { probability: 33 });
    const { body } = await ada.patch(`/api/deals/${deal.id}/move`, { stage_id: sales.first });
    expect(body).toMatchObject({ stage_entered_at: deal.stage_entered_at, probability: 33 });
    expect((await ada.get(`/api/deals/${deal.id}/history`)).body.items).toHaveLength(1);
  });

  it('tells an unknown stage from an unknown deal', async () => {
    const { id } = await create(ada);
    expect((await ada.patch(`/api/deals/${id}/move`, { stage_id: NOBODY })).status).toBe(400);
    expect((await ada.patch(`/api/deals/${NOBODY}/move`, { stage_id: sales.won })).status).toBe(404);
    expect((await ada.patch(`/api/deals/${id}/move`, {})).status).toBe(400);
  });

  it('lets a status be set in an open stage, and leaves it to a closed one', async () => {
    const { id } = await create(ada);
    const set = (body: object) => ada.patch(`/api/deals/${id}`, body);
    expect((await set({ status: 'abandoned' })).body).toMatchObject({ status: 'abandoned', probability: 0 });
    expect((await set({ status: 'open' })).body).toMatchObject({ probability: 10, actual_close_date: null });
    expect((await set({ status: 'won', stage_id: sales.lost })).status).toBe(400);
    expect((await set({ stage_id: sales.won, title: 'Big boiler' })).body).toMatchObject({ status: 'won' });
    expect((await set({ status: 'open' })).status).toBe(409);
  });

  it('changes many deals together, or none where one of them is not there', async () => {
    const [one, two] = [await create(ada), await create(ada)];
    const foreign = await create(bob);
    const moved = await ada.post('/api/deals/bulk', {
      ids: [one.id, two.id],
      change: { stage_id: sales.lost, lost_reason: 'Season' },
    });
    expect([moved.status, moved.body]).toEqual([200, { count: 2 }]);
    expect((await ada.get(`/api/deals/${two.id}`)).body).toMatchObject({ status: 'lost', lost_reason: 'Season' });
    const mixed = (ids: string[]) => [
      ada.post('/api/deals/bulk', { ids, change: { tags: ['x'] } }),
      ada.delete('/api/deals/bulk', { ids }),
    ];
    const answers = await Promise.all(mixed([one.id, foreign.id]));
    const none = await Promise.all(mixed([one.id, NOBODY]));
    expect(answers.map((a) => a.status)).toEqual([404, 404]);
    expect(answers.map((a) => a.text)).toEqual(none.map((a) => a.text));
    expect((await ada.get(`/api/deals/${one.id}`)).body.tags).toEqual([]);
    expect((await bob.get(`/api/deals/${foreign.id}`)).body).toEqual(foreign);
    expect((await ada.post('/api/deals/bulk', { ids: [one.id], change: { stage_id: NOBODY } })).status).toBe(400);
    expect((await ada.post('/api/deals/bulk', { ids: [one.id], change: { company_id: NOBODY } })).status).toBe(400);
    expect((await ada.delete('/api/deals/bulk', { ids: [one.id, two.id] })).body).toEqual({ count: 2 });
    expect((await ada.get(`/api/deals/${one.id}`)).status).toBe(404);
  });

  it('tells the company that sees it, and all of it when it changes hands', async () => {
    const heard: unknown[] = [];
    const stop = world.app.events.subscribe((change) => heard.push(change as object));
    const { id } = await create(ada);
    await ada.patch(`/api/deals/${id}/move`, { stage_id: sales.won });
    await ada.patch(`/api/deals/${id}`, { owner_id: ada.userId });
    await ada.patch(`/api/deals/${id}`, { owner_id: bob.userId });
    await ada.delete(`/api/deals/${id}`);
    stop();
    const change = { companyId: ada.companyId, table: 'deals', id, privateTo: null };
    expect(heard).toEqual([
      { ...change, action: 'created', ownerId: ada.userId },
      { ...change, action: 'updated', ownerId: ada.userId },
      { ...change, action: 'updated', ownerId: undefined },
      { ...change, action: 'deleted', ownerId: ada.userId },
    ]);
  });
});
