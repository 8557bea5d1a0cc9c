import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;
let lead: Person;
let stages: Record<string, string>;

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const dashboard = async (person: Person, query = '') => {
  const { status, body } = await person.get(`/api/dashboard${query}`);
  expect(status).toBe(200);
  return body;
};
const titles = (body: { attention: { items: { title: string }[] } }) => body.attention.items.map(({ title }) => title);

async function pipelineOf(person: Person): Promise<Record<string, string>> {
  const { body } = await person.post('/api/pipelines', {
    name: 'Sales',
    is_default: true,
    stages: [
      { name: 'Talk', probability: 10, rotting_days: 5 },
      { name: 'Offer', probability: 50 },
      { name: 'Won', is_won: true, is_closed: true },
    ],
  });
  return Object.fromEntries(body.stages.map(({ name, id }: { name: string; id: string }) => [name, id]));
}

async function makeDeal(person: Person, title: string, more: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await person.post('/api/deals', { title, value: '100.00', currency: 'USD', ...more });
  expect(status).toBe(201);
  return body.id;
}

beforeAll(async () => {
  world = await createWorld();
  const company = await world.company('Nadan');
  ada = company.admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(company.id);
  lead = await world.person(company.id, 'sales_manager');
  const { body: team } = await ada.post('/api/teams', { name: 'North', team_lead_id: lead.userId });
  await ada.put(`/api/teams/${team.id}/members/${rep.userId}`, {});
  await ada.put(`/api/teams/${team.id}/members/${lead.userId}`, { is_lead: true });
  stages = await pipelineOf(ada);
  const theirs = await pipelineOf(bob);
  await makeDeal(bob, 'Canary', { value: '999999.00', expected_close_date: day(3) });
  await makeDeal(bob, 'Canary won', { value: '999999.00', stage_id: theirs.Won });
  await bob.post('/api/activities', { type: 'call', subject: 'Canary', status: 'completed' });

  await makeDeal(ada, 'Late', { expected_close_date: day(3), stage_id: stages.Offer, value: '40.10' });
  const rotten = await makeDeal(rep, 'Rotten', { value: '70.00' });
  await world.admin.query("update deals set stage_entered_at = now() - interval '6 days' where id = $1", [rotten]);
  const cared = await makeDeal(ada, 'Cared for');
  for (const deal_id of [rotten, cared]) {
    const owner = deal_id === rotten ? rep : ada;
    await owner.post('/api/activities', { type: 'task', subject: 'Next', deal_id });
  }
  await makeDeal(rep, 'Won by rep', { stage_id: stages.Won, value: '1000.25' });
  await makeDeal(rep, 'Won in euros', { stage_id: stages.Won, value: '5.00', currency: 'EUR' });
  await makeDeal(ada, 'Secret', { expected_close_date: day(9), private_to: ada.userId });
  const before = await makeDeal(rep, 'Won before', { stage_id: stages.Won, value: '300.00' });
  await world.admin.query(
    "update deals set actual_close_date = (date_trunc('month', now() at time zone 'UTC') - interval '1 day')::date where id = $1",
    [before],
  );
  await rep.post('/api/activities', { type: 'call', subject: 'Called', status: 'completed' });
});

describe('the dashboard', () => {
  it('names the deals that need attention and why, the worst first', async () => {
    const { attention, currency } = await dashboard(ada);
    expect(currency).toBe('USD');
    expect(attention.items.map(({ title, reasons }: Record<string, unknown>) => [title, reasons])).toEqual([
      ['Secret', ['close_past', 'no_next_activity']],
      ['Late', ['close_past', 'no_next_activity']],
      ['Rotten', ['rotting']],
    ]);
    expect(attention).toMatchObject({ count: 3, rotting: 1, close_past: 2, no_next_activity: 2 });
  });

  it('sums the open stages in their order, exactly, and the months by the currency of the company', async () => {
    const body = await dashboard(ada);
    expect(body.pipeline.stages).toMatchObject([
      { name: 'Talk', count: 3, value: '270.00', weighted_value: '27.00' },
      { name: 'Offer', count: 1, value: '40.10', weighted_value: '20.05' },
    ]);
    expect(body.won.this_month).toEqual({ value: '1000.25', count: 1, others: 1 });
    expect(body.won.last_month).toEqual({ value: '300.00', count: 1, others: 0 });
    expect(body.activity).toEqual([{ day: body.today, type: 'call', count: 1 }]);
    expect(body.leaders).toMatchObject([
      { user_id: rep.userId, name: 'Test Person', won_value: '1000.25', won_count: 2, activities: 1 },
    ]);
  });

  it('shows a rep their own records, a manager their team, and what is private to nobody else', async () => {
    expect(titles(await dashboard(rep))).toEqual(['Rotten']);
    expect(titles(await dashboard(lead))).toEqual(['Rotten']);
    expect((await dashboard(lead)).won.this_month.value).toBe('1000.25');
    expect((await dashboard(lead, '?whose=mine')).won.this_month.value).toBe('0.00');
    const boss = await world.person(ada.companyId, 'company_admin');
    expect(titles(await dashboard(boss))).toEqual(['Late', 'Rotten']);
    const outsider = await world.person(ada.companyId);
    expect(await dashboard(outsider)).toMatchObject({ attention: { count: 0, items: [] }, activity: [], leaders: [] });
  });

  it('counts only the own records where asked to, the leaders excepted', async () => {
    const body = await dashboard(ada, '?whose=mine');
    expect(titles(body)).toEqual(['Secret', 'Late']);
    expect(body.won.this_month.value).toBe('0.00');
    expect(body.leaders).toHaveLength(1);
  });

  it("begins days by the caller's clock", async () => {
    const ahead = (await dashboard(ada, '?utc_offset=840')).today;
    const behind = (await dashboard(ada, '?utc_offset=-840')).today;
    expect(ahead > behind).toBe(true);
    expect(await dashboard(ada, '?utc_offset=840')).toMatchObject({ activity: [{ type: 'call', count: 1 }] });
  });

  it('never counts a row of another company', async () => {
    for (const person of [ada, rep, lead]) expect(JSON.stringify(await dashboard(person))).not.toMatch(/Canary|9999/);
    expect(JSON.stringify(await dashboard(bob))).not.toMatch(/Rotten|Late|1000\.25/);
    const attack = await bob.get('/api/dashboard', { 'x-company-id': ada.companyId });
    expect(titles(attack.body)).toEqual(['Canary']);
  });

  it.each([
    '?whose=everyone',
    '?utc_offset=9000',
    '?utc_offset=1.5',
    '?utc_offset=1);drop table deals',
    '?company_id=1',
    '?owner_id=00000000-0000-7000-8000-000000000000',
  ])('refuses %s', async (query) => {
    expect((await ada.get(`/api/dashboard${query}`)).status).toBe(400);
  });

  it('answers an empty company with nothing, nobody without a login, and no platform staff', async () => {
    const { admin } = await world.company();
    expect(await dashboard(admin)).toMatchObject({
      attention: { count: 0 },
      won: { this_month: { value: '0.00', count: 0 }, days: [] },
      leaders: [],
    });
    expect((await world.anonymous.get('/api/dashboard')).status).toBe(401);
    expect((await (await world.superAdmin()).get('/api/dashboard')).status).toBe(403);
  });
});
