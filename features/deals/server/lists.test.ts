import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { makePipeline } from '../../pipelines/server/testing.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;
let sales: Awaited<ReturnType<typeof makePipeline>>;

const deals = [
  { title: 'Solar roof', company: 'Acme 100%', value: '300.00', expected_close_date: '2027-01-10', tags: ['hot'] },
  { title: 'Heat pump', company: 'Under_score', value: '2000.00', expected_close_date: '2027-01-20' },
  { title: 'Boiler', company: 'Acme', value: '50.00', currency: 'EUR', expected_close_date: '2027-02-01' },
  { title: 'Café lights', value: '50.00' },
];

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  sales = await makePipeline(ada);
  await makePipeline(bob);
  for (const deal of deals) await ada.post('/api/deals/', deal);
  await bob.post('/api/deals/', { title: 'Solar secret', value: '999999.00' });
  await rep.post('/api/deals/', { title: 'Rep solar', value: '7.00', stage_id: sales.won });
});

const today = new Date().toISOString().slice(0, 10);
const titles = async (person: Person, query: string) => {
  const { status, body } = await person.get(`/api/deals/?${query}`);
  expect(status).toBe(200);
  return body.items.map((deal: { title: string }) => deal.title);
};

describe('lists of deals', () => {
  it('searches words in any order, without regard to case, and takes wildcards literally', async () => {
    expect(await titles(ada, 'search=SOLAR')).toEqual(['Rep solar', 'Solar roof']);
    expect(await titles(ada, 'search=acme%20roof')).toEqual(['Solar roof']);
    expect(await titles(ada, 'search=caf%C3%A9')).toEqual(['Café lights']);
    expect(await titles(ada, 'search=100%25')).toEqual(['Solar roof']);
    expect(await titles(ada, 'search=r_s')).toEqual(['Heat pump']);
    expect(await titles(ada, 'search=%27%3B%20drop')).toEqual([]);
    expect(await titles(rep, 'search=solar')).toEqual(['Rep solar']);
    expect(await titles(bob, 'search=solar')).toEqual(['Solar secret']);
  });

  it('filters alike with and without a search', async () => {
    const cases: [string, string[]][] = [
      ['status=won', ['Rep solar']],
      [`stage_id=${sales.won}`, ['Rep solar']],
      [`owner_id=${rep.userId}`, ['Rep solar']],
      ['currency=EUR', ['Boiler']],
      ['tag=hot', ['Solar roof']],
      ['close_from=2027-01-15&close_to=2027-01-31', ['Heat pump']],
      ['no_close=true&status=open', ['Café lights']],
      [`closed_from=${today}&closed_to=${today}`, ['Rep solar']],
      ['closed_to=2001-01-01', []],
      ['value_min=300&value_max=2000', ['Heat pump', 'Solar roof']],
    ];
    for (const [filter, expected] of cases) {
      expect(await titles(ada, filter)).toEqual(expected);
      expect(await titles(ada, `${filter}&search=%20&sort=-created_at`)).toEqual(expected);
    }
    for (const foreign of ['owner_id', 'contact_id', 'pipeline_id']) {
      expect(await titles(bob, `${foreign}=${foreign === 'pipeline_id' ? sales.id : ada.userId}`)).toEqual([]);
    }
    for (const wrong of ['status=gone', 'owner_id=me', 'sort=secret', 'sort=__proto__', 'unknown=1', 'value_min=x']) {
      expect((await ada.get(`/api/deals/?${wrong}`)).status).toBe(400);
    }
  });

  it('pages through every sort without repeating or missing a deal', async () => {
    const sorts = ['created_at', 'updated_at', 'stage_entered_at', 'expected_close_date', 'value', 'title'];
    for (const sort of sorts.flatMap((name) => [name, `-${name}`])) {
      for (const search of ['', '&search=%20']) {
        const whole = await titles(ada, `sort=${sort}${search}`);
        const seen: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const page = await ada.get(`/api/deals/?limit=2&sort=${sort}${search}${cursor && `&cursor=${cursor}`}`);
          seen.push(...page.body.items.map((deal: { title: string }) => deal.title));
          cursor = page.body.next_cursor;
        }
        expect([sort, seen]).toEqual([sort, whole]);
        expect(seen).toHaveLength(5);
      }
    }
    expect(await titles(ada, 'sort=value')).toEqual(['Rep solar', 'Boiler', 'Café lights', 'Solar roof', 'Heat pump']);
    expect((await titles(ada, 'sort=expected_close_date')).slice(0, 3)).toEqual(['Solar roof', 'Heat pump', 'Boiler']);
  });

  it('counts only what the caller sees, where asked to', async () => {
    const total = async (person: Person, query: string) =>
      (await person.get(`/api/deals/?include_total=true&limit=1&${query}`)).body.total;
    expect(await total(ada, '')).toBe(5);
    expect(await total(ada, 'search=solar')).toBe(2);
    expect([await total(rep, ''), await total(rep, 'search=solar'), await total(bob, '')]).toEqual([1, 1, 1]);
    expect(await titles(ada, 'limit=2&page=3&sort=value')).toEqual(['Heat pump']);
    expect(await titles(ada, 'limit=1&page=2&search=solar')).toEqual(['Solar roof']);
  });

  it('refuses a cursor of another company, sort or list', async () => {
    const { next_cursor } = (await ada.get('/api/deals/?limit=1&search=%20')).body;
    expect((await bob.get(`/api/deals/?cursor=${next_cursor}&search=%20`)).status).toBe(400);
    expect((await ada.get(`/api/deals/?cursor=${next_cursor}&sort=value`)).status).toBe(400);
    expect((await ada.get(`/api/contacts/?cursor=${next_cursor}`)).status).toBe(400);
  });
});

describe('figures of deals', () => {
  it('adds up each stage by currency, and never one currency with another', async () => {
    const { body } = await ada.get('/api/deals/summary');
    expect(body).toMatchObject({ pipeline_id: sales.id, currency: 'USD' });
    expect(body.stages[0]).toEqual({
      stage_id: sales.first,
      name: 'New',
      order_index: 0,
      probability: 10,
      is_closed: false,
      is_won: false,
      count: 4,
      total_value: '2350.00',
      weighted_value: '235.00',
      totals: [
        { currency: 'EUR', count: 1, total_value: '50.00', weighted_value: '5.00' },
        { currency: 'USD', count: 3, total_value: '2350.00', weighted_value: '235.00' },
      ],
    });
    expect(body.stages[1]).toMatchObject({ count: 0, total_value: '0.00', weighted_value: '0.00', totals: [] });
    const same = await ada.get(`/api/deals/summary?pipeline_id=${sales.id}`);
    expect(same.body).toEqual(body);
  });

  it('shows a rep a board of their own deals, and nobody another company’s', async () => {
    const counts = async (person: Person, query = '') =>
      (await person.get(`/api/deals/board${query}`)).body.stages.map((s: { count: number }) => s.count);
    expect(await counts(ada)).toEqual([4, 0, 1, 0]);
    expect(await counts(rep)).toEqual([0, 0, 1, 0]);
    expect(await counts(bob)).toEqual([1, 0, 0, 0]);
    for (const path of ['board', 'summary']) {
      const foreign = await bob.get(`/api/deals/${path}?pipeline_id=${sales.id}`);
      expect(foreign.status).toBe(404);
      expect((await bob.get(`/api/deals/${path}?pipeline_id=${ada.userId}`)).text).toBe(foreign.text);
    }
    const months = async (person: Person) => (await person.get('/api/deals/forecast')).body.months;
    expect(await months(rep)).toMatchObject([{ count: 0, won_count: 1, won_value: '7.00' }]);
    expect(await months(bob)).toMatchObject([{ month: null, count: 1, won_count: 0, won_value: '0.00' }]);
    expect((await bob.get(`/api/deals/forecast?pipeline_id=${sales.id}`)).body).toEqual({ months: [] });
  });

  it('holds whole deals in each stage of the board, and continues them as the stage’s list', async () => {
    const { body } = await ada.get('/api/deals/board?limit=3');
    const [stage] = body.stages;
    expect(stage.items).toHaveLength(3);
    expect(stage.items[0]).toEqual((await ada.get(`/api/deals/${stage.items[0].id}`)).body);
    const rest = await ada.get(
      `/api/deals/?pipeline_id=${sales.id}&stage_id=${stage.stage_id}&cursor=${stage.next_cursor}`,
    );
    expect(rest.body.items.map((d: { title: string }) => d.title)).toEqual(['Solar roof']);
    expect(body.stages[2].next_cursor).toBeNull();
  });

  it('narrows the board to an owner and to words, and continues it so', async () => {
    const board = async (person: Person, query: string) => {
      const { body } = await person.get(`/api/deals/board?${query}`);
      return body.stages.map((stage: { count: number; items: { title: string }[] }) => [
        stage.count,
        ...stage.items.map(({ title }) => title),
      ]);
    };
    const none = [0];
    expect(await board(ada, `owner_id=${rep.userId}`)).toEqual([none, none, [1, 'Rep solar'], none]);
    expect(await board(ada, 'search=SOLAR')).toEqual([[1, 'Solar roof'], none, [1, 'Rep solar'], none]);
    expect(await board(ada, `search=solar&owner_id=${rep.userId}`)).toEqual([none, none, [1, 'Rep solar'], none]);
    expect(await board(rep, 'search=solar')).toEqual([none, none, [1, 'Rep solar'], none]);
    expect(await board(rep, `owner_id=${ada.userId}`)).toEqual([none, none, none, none]);
    expect(await board(bob, `owner_id=${ada.userId}`)).toEqual([none, none, none, none]);
    expect(await board(bob, 'search=roof')).toEqual([none, none, none, none]);
    const { body } = await ada.get(`/api/deals/board?limit=1&search=acme&pipeline_id=${sales.id}`);
    const [{ stage_id, next_cursor, items, total_value }] = body.stages;
    expect([items.map((d: { title: string }) => d.title), total_value]).toEqual([['Boiler'], '300.00']);
    const rest = `pipeline_id=${sales.id}&stage_id=${stage_id}&search=acme&cursor=${encodeURIComponent(next_cursor)}`;
    expect(await titles(ada, rest)).toEqual(['Solar roof']);
    expect((await ada.get('/api/deals/board?owner_id=me')).status).toBe(400);
    expect((await world.anonymous.get('/api/deals/board?search=a')).status).toBe(401);
  });

  it('forecasts open deals by month and currency, and counts what was won in each', async () => {
    const { body } = await ada.get('/api/deals/forecast');
    const won = { won_count: 0, won_value: '0.00' };
    const open = { count: 0, total_value: '0.00', weighted_value: '0.00' };
    expect(body.months).toEqual([
      { month: today.slice(0, 7), currency: 'USD', ...open, won_count: 1, won_value: '7.00' },
      { month: '2027-01', currency: 'USD', count: 2, total_value: '2300.00', weighted_value: '230.00', ...won },
      { month: '2027-02', currency: 'EUR', count: 1, total_value: '50.00', weighted_value: '5.00', ...won },
      { month: null, currency: 'USD', count: 1, total_value: '50.00', weighted_value: '5.00', ...won },
    ]);
    expect((await ada.get('/api/deals/forecast?close_from=2027-02-01')).body.months).toHaveLength(1);
    expect((await ada.get(`/api/deals/forecast?close_from=${today}&close_to=${today}`)).body.months).toHaveLength(1);
    expect((await ada.get(`/api/deals/forecast?owner_id=${rep.userId}`)).body.months).toHaveLength(1);
  });
});
