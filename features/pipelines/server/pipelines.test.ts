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

const defaults = async (person: Person) =>
  (await person.get('/api/pipelines')).body.items.filter((p: { is_default: boolean }) => p.is_default);

describe('pipelines', () => {
  it('makes the first pipeline the default, and keeps exactly one', async () => {
    const { admin } = await world.company();
    const first = await admin.post('/api/pipelines', { name: 'Sales', stages: [{ name: 'New' }] });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ is_default: true, stages: [{ name: 'New', order_index: 0, probability: 0 }] });
    const second = await admin.post('/api/pipelines', { name: 'Partners', is_default: true });
    expect(await defaults(admin)).toMatchObject([{ id: second.body.id }]);
    expect((await admin.patch(`/api/pipelines/${second.body.id}`, { is_default: false })).status).toBe(409);
    expect((await admin.delete(`/api/pipelines/${second.body.id}`)).status).toBe(409);
    expect((await admin.patch(`/api/pipelines/${first.body.id}`, { is_default: true })).status).toBe(200);
    expect(await defaults(admin)).toMatchObject([{ id: first.body.id }]);
  });

  it('keeps one default when several are made, or chosen, at the same moment', async () => {
    const { admin } = await world.company();
    const made = await Promise.all(['A', 'B', 'C', 'D'].map((name) => admin.post('/api/pipelines', { name })));
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    expect(await defaults(admin)).toHaveLength(1);
    const chosen = await Promise.all(
      made.map(({ body }) => admin.patch(`/api/pipelines/${body.id}`, { is_default: true })),
    );
    expect(chosen.map(({ status }) => status)).toEqual(chosen.map(() => 200));
    expect(await defaults(admin)).toHaveLength(1);
  });

  it('lets every member read, and only admins change', async () => {
    const { id, first } = await makePipeline(ada);
    for (const role of ['sales_rep', 'sales_manager'] as const) {
      const member = await world.person(ada.companyId, role);
      expect((await member.get(`/api/pipelines/${id}`)).body.stages).toHaveLength(4);
      expect((await member.get(`/api/pipelines/${id}/stages`)).body.items[0].id).toBe(first);
      const refused = await Promise.all([
        member.post('/api/pipelines', { name: 'Mine' }),
        member.patch(`/api/pipelines/${id}`, { name: 'Mine' }),
        member.delete(`/api/pipelines/${id}`),
        member.post(`/api/pipelines/${id}/restore`),
        member.post(`/api/pipelines/${id}/stages`, { name: 'Mine' }),
        member.patch(`/api/pipelines/${id}/reorder-stages`, { stage_ids: [first] }),
        member.patch(`/api/pipeline-stages/${first}`, { name: 'Mine' }),
        member.delete(`/api/pipeline-stages/${first}`),
      ]);
      expect(refused.map((answer) => answer.status)).toEqual(refused.map(() => 403));
    }
    expect((await world.anonymous.get('/api/pipelines')).status).toBe(401);
  });

  it("answers another company's pipeline and stages as if they did not exist", async () => {
    const { id, first } = await makePipeline(ada);
    const before = (await ada.get(`/api/pipelines/${id}`)).body;
    const attempts = (pipeline: string, stage: string) => [
      bob.get(`/api/pipelines/${pipeline}`),
      bob.get(`/api/pipelines/${pipeline}/stages`),
      bob.patch(`/api/pipelines/${pipeline}`, { name: 'Taken' }),
      bob.delete(`/api/pipelines/${pipeline}`),
      bob.post(`/api/pipelines/${pipeline}/restore`),
      bob.post(`/api/pipelines/${pipeline}/stages`, { name: 'Taken' }),
      bob.patch(`/api/pipelines/${pipeline}/reorder-stages`, { stage_ids: [stage] }),
      bob.patch(`/api/pipeline-stages/${stage}`, { name: 'Taken' }),
      bob.delete(`/api/pipeline-stages/${stage}`),
    ];
    const theirs = await Promise.all(attempts(id, first));
    const none = await Promise.all(attempts(NOBODY, NOBODY));
    expect(theirs.map((a) => a.status)).toEqual(theirs.map(() => 404));
    expect(theirs.map((a) => a.text)).toEqual(none.map((a) => a.text));
    expect((await ada.get(`/api/pipelines/${id}`)).body).toEqual(before);
    expect((await bob.get('/api/pipelines')).body.items).toEqual([]);
  });

  it('refuses fields that no caller may set', async () => {
    for (const field of [{ company_id: bob.companyId }, { id: NOBODY }, { version: 7 }, { deleted_at: null }]) {
      expect((await ada.post('/api/pipelines', { name: 'X', ...field })).status).toBe(400);
    }
    expect((await ada.post('/api/pipelines', { name: '' })).status).toBe(400);
  });

  it('keeps the change of a colleague when an old version is saved', async () => {
    const { id } = await makePipeline(ada);
    const { etag } = (await ada.get(`/api/pipelines/${id}`)).headers;
    const match = { 'if-match': String(etag) };
    expect((await ada.post(`/api/pipelines/${id}/stages`, { name: 'Extra' })).status).toBe(201);
    expect((await ada.patch(`/api/pipelines/${id}`, { name: 'Late' }, match)).status).toBe(412);
    expect((await bob.patch(`/api/pipelines/${id}`, { name: 'Late' }, match)).status).toBe(404);
  });

  it('deletes and restores a pipeline with the stages that went with it', async () => {
    await makePipeline(ada, 'Default');
    const { id, offer } = await makePipeline(ada, 'Seasonal');
    expect((await ada.delete(`/api/pipeline-stages/${offer}`)).status).toBe(204);
    expect((await ada.delete(`/api/pipelines/${id}`)).status).toBe(204);
    expect((await ada.get(`/api/pipelines/${id}`)).status).toBe(404);
    const restored = await ada.post(`/api/pipelines/${id}/restore`);
    expect(restored.body.stages.map((s: { name: string }) => s.name)).toEqual(['New', 'Won', 'Lost']);
  });

  it('logs changes of pipelines and stages', async () => {
    const { id, first } = await makePipeline(ada);
    await ada.patch(`/api/pipeline-stages/${first}`, { name: 'Fresh' });
    const { rows } = await world.admin.query(
      'select resource_id, action, user_id from audit_logs where resource_id = any ($1) order by id',
      [[id, first]],
    );
    expect(rows).toEqual([
      { resource_id: id, action: 'create', user_id: ada.userId },
      { resource_id: first, action: 'create', user_id: ada.userId },
      { resource_id: first, action: 'update', user_id: ada.userId },
    ]);
  });
});
