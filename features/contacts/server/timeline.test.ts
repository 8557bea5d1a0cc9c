import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import type { TimelineEntry } from './timeline.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;
let contact: string;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  contact = (await rep.post('/api/contacts/', { first_name: 'Grace', last_name: 'Hopper', title: 'Dr' })).body.id;
  const sql = async (text: string, values: unknown[]): Promise<string> =>
    (await world.admin.query(text, values)).rows[0]?.id;
  await sql("select set_config('app.company_id', $1, false), set_config('app.user_id', $2, false)", [
    ada.companyId,
    ada.userId,
  ]);
  const pipeline = await sql("insert into pipelines (name) values ('P') returning id", []);
  const stages = [];
  for (const [i, name] of ['First', 'Second'].entries()) {
    stages.push(
      await sql('insert into pipeline_stages (pipeline_id, name, order_index) values ($1, $2, $3) returning id', [
        pipeline,
        name,
        i,
      ]),
    );
  }
  for (const owner of [ada.userId, rep.userId]) {
    const deal = await sql(
      'insert into deals (title, pipeline_id, stage_id, owner_id, contact_id, value) values ($1, $2, $3, $4, $5, 10.5) returning id',
      [`Deal of ${owner}`, pipeline, stages[0], owner, contact],
    );
    await sql('update deals set stage_id = $2 where id = $1', [deal, stages[1]]);
    await sql("insert into activities (type, subject, owner_id, contact_id) values ('call', 'Call', $1, $2)", [
      owner,
      contact,
    ]);
  }
  await sql('insert into notes (body, contact_id) values ($1, $2)', ['Said yes', contact]);
  await rep.patch(`/api/contacts/${contact}`, { title: null, first_name: 'Admiral' });
});

const timeline = async (person: Person, query = ''): Promise<TimelineEntry[]> => {
  const answer = await person.get(`/api/contacts/${contact}/timeline?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.items;
};
function tally(entries: TimelineEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of entries) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

describe('the timeline of a contact', () => {
  it('tells everything that happened, newest first', async () => {
    const entries = await timeline(ada);
    expect(tally(entries)).toEqual({ activity: 2, note: 1, deal: 2, stage_move: 2, change: 2 });
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect(entries[0]).toMatchObject({
      type: 'change',
      title: 'update',
      user_id: rep.userId,
      details: { before: { title: 'Dr', first_name: 'Grace' }, after: { title: null, first_name: 'Admiral' } },
    });
    expect(Object.keys(entries[0]?.details.after as object).sort()).toEqual(['first_name', 'title']);
    const move = entries.find(({ type }) => type === 'stage_move');
    expect(move?.details).toMatchObject({ from: 'First', to: 'Second', value: '10.50' });
  });

  it('leaves out what the caller does not see', async () => {
    expect(tally(await timeline(rep))).toEqual({ activity: 1, note: 1, deal: 1, stage_move: 1, change: 2 });
  });

  it('is the same however it is cut into pages, and whichever types are chosen', async () => {
    for (const types of ['', 'types=change,note', 'types=deal', 'types=stage_move,activity']) {
      const whole = await timeline(ada, `limit=100&${types}`);
      const seen: unknown[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await ada.get(
          `/api/contacts/${contact}/timeline?limit=2&${types}${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...page.body.items);
        cursor = page.body.next_cursor;
      }
      expect(seen).toEqual(whole);
      expect(whole.length).toBeGreaterThan(0);
    }
  });

  it("is not there for another company, nor for who does not see the contact, nor by another's cursor", async () => {
    const none = await bob.get('/api/contacts/01900000-0000-7000-8000-000000000000/timeline');
    expect(none.status).toBe(404);
    expect((await bob.get(`/api/contacts/${contact}/timeline`)).text).toBe(none.text);
    const other = await world.person(ada.companyId, 'sales_rep');
    expect((await other.get(`/api/contacts/${contact}/timeline`)).status).toBe(404);
    const { next_cursor } = (await ada.get(`/api/contacts/${contact}/timeline?limit=1`)).body;
    const { id } = (await bob.post('/api/contacts/', { first_name: 'A', last_name: 'B' })).body;
    expect((await bob.get(`/api/contacts/${id}/timeline?limit=1&cursor=${next_cursor}`)).status).toBe(400);
    expect((await ada.get(`/api/contacts/${contact}/timeline?types=mail`)).status).toBe(400);
    expect((await world.anonymous.get(`/api/contacts/${contact}/timeline`)).status).toBe(401);
  });
});
