import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline, NOBODY } from './testing.ts';

let world: World;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
});

const deal = async (person: Person, stage_id: string, fields = {}) =>
  (await person.post('/api/deals/', { title: 'Deal', stage_id, ...fields })).body.id as string;
const stageOf = async (person: Person, id: string) => (await person.get(`/api/deals/${id}`)).body.stage_id;

describe('stages', () => {
  it('adds a stage at the end, and a stage that wins is closed', async () => {
    const { id } = await makePipeline(ada);
    const made = await ada.post(`/api/pipelines/${id}/stages`, { name: 'Renewed', is_won: true, probability: 99.5 });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ order_index: 4, is_closed: true, is_won: true, probability: 99.5 });
    expect((await ada.patch(`/api/pipeline-stages/${made.body.id}`, { is_closed: false })).status).toBe(400);
    expect((await ada.patch(`/api/pipeline-stages/${made.body.id}`, { probability: 101 })).status).toBe(400);
  });

  it('reorders all stages at once or none', async () => {
    const { id, first, offer, won, lost } = await makePipeline(ada);
    const other = await makePipeline(ada);
    const foreign = await makePipeline(bob);
    const reorder = (stage_ids: string[]) => ada.patch(`/api/pipelines/${id}/reorder-stages`, { stage_ids });
    const done = await reorder([lost, won, offer, first]);
    expect(done.status).toBe(200);
    expect(done.body.items.map((s: { id: string }) => s.id)).toEqual([lost, won, offer, first]);
    const unknown = await reorder([first, offer, won, NOBODY]);
    for (const ids of [
      [first],
      [first, offer, won],
      [first, offer, won, other.lost],
      [first, first, offer, won, lost],
    ]) {
      expect((await reorder(ids)).status).toBe(400);
    }
    expect((await reorder([first, offer, won, foreign.lost])).body.errors).toEqual(unknown.body.errors);
    const stages = (await ada.get(`/api/pipelines/${id}/stages`)).body.items;
    expect(stages.map((s: { id: string }) => s.id)).toEqual([lost, won, offer, first]);
  });

  it('is not deleted while it holds deals, unless another stage takes them', async () => {
    const { first, offer, lost } = await makePipeline(ada);
    const id = await deal(ada, first);
    const refused = await ada.delete(`/api/pipeline-stages/${first}`);
    expect(refused.status).toBe(409);
    expect(await stageOf(ada, id)).toBe(first);
    expect((await ada.delete(`/api/pipeline-stages/${first}?move_to=${lost}`)).status).toBe(204);
    expect((await ada.get(`/api/deals/${id}`)).body).toMatchObject({ stage_id: lost, status: 'lost', probability: 0 });
    expect((await ada.get(`/api/deals/${id}/history`)).body.items).toMatchObject([
      { to_stage_id: first },
      { from_stage_id: first, to_stage_id: lost, moved_by: ada.userId },
    ]);
    expect((await ada.delete(`/api/pipeline-stages/${offer}`)).status).toBe(204);
  });

  it('takes along a deal that is private to a colleague, though the admin does not see it', async () => {
    const rep = await world.person(ada.companyId, 'sales_rep');
    const { first, offer } = await makePipeline(ada);
    const id = await deal(rep, first, { private_to: rep.userId });
    expect((await ada.get(`/api/deals/${id}`)).status).toBe(404);
    expect((await ada.delete(`/api/pipeline-stages/${first}`)).status).toBe(409);
    expect((await ada.delete(`/api/pipeline-stages/${first}?move_to=${offer}`)).status).toBe(204);
    expect(await stageOf(rep, id)).toBe(offer);
  });

  it("refuses to move deals to another company's stage as to one that does not exist", async () => {
    const { first } = await makePipeline(ada);
    const { first: foreign } = await makePipeline(bob);
    const elsewhere = await makePipeline(ada);
    const id = await deal(ada, first);
    const none = await ada.delete(`/api/pipeline-stages/${first}?move_to=${NOBODY}`);
    expect(none.status).toBe(400);
    for (const target of [foreign, elsewhere.first]) {
      const answer = await ada.delete(`/api/pipeline-stages/${first}?move_to=${target}`);
      expect([answer.status, answer.body.errors]).toEqual([400, none.body.errors]);
    }
    expect((await ada.delete(`/api/pipelines/${elsewhere.id}?move_to=${foreign}`)).status).toBe(400);
    expect(await stageOf(ada, id)).toBe(first);
  });

  it('takes no new deals while it is deleted, nor does its pipeline lose deals when it goes', async () => {
    await makePipeline(ada);
    const gone = await makePipeline(ada);
    const kept = await makePipeline(ada);
    const id = await deal(ada, gone.first);
    expect((await ada.delete(`/api/pipelines/${gone.id}`)).status).toBe(409);
    expect((await ada.delete(`/api/pipelines/${gone.id}?move_to=${kept.offer}`)).status).toBe(204);
    expect((await ada.get(`/api/deals/${id}`)).body).toMatchObject({ pipeline_id: kept.id, stage_id: kept.offer });
    expect((await ada.post('/api/deals/', { title: 'Late', stage_id: gone.first })).status).toBe(400);
    expect((await ada.patch(`/api/deals/${id}/move`, { stage_id: gone.first })).status).toBe(400);
  });

  it('lets a deal in or goes, whichever comes first, and never both', async () => {
    const { first, offer, won } = await makePipeline(ada);
    const id = await deal(ada, first);
    const soon = () => new Promise((done) => setTimeout(done, 300));

    await world.admin.query('begin');
    await world.admin.query('update pipeline_stages set deleted_at = now() where id = $1', [offer]);
    const moving = ada.patch(`/api/deals/${id}/move`, { stage_id: offer });
    await soon();
    await world.admin.query('commit');
    expect((await moving).status).toBe(400);

    await world.admin.query('begin');
    await world.admin.query('update deals set stage_id = $1 where id = $2', [won, id]);
    const deleting = ada.delete(`/api/pipeline-stages/${won}`);
    await soon();
    await world.admin.query('commit');
    expect((await deleting).status).toBe(409);
  });

  it('does not change what it decides while deals are in it, nor the last stage go', async () => {
    const { id, first, offer, won, lost } = await makePipeline(ada);
    await deal(ada, first);
    expect((await ada.patch(`/api/pipeline-stages/${first}`, { is_won: true })).status).toBe(409);
    expect((await ada.patch(`/api/pipeline-stages/${offer}`, { is_won: true })).status).toBe(200);
    for (const stage of [offer, won, lost]) await ada.delete(`/api/pipeline-stages/${stage}`);
    expect((await ada.delete(`/api/pipeline-stages/${first}`)).status).toBe(409);
    expect((await ada.get(`/api/pipelines/${id}/stages`)).body.items).toHaveLength(1);
  });
});
