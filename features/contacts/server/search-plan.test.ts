import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

const COMPANIES = 5;
const EACH = 20_000;
let world: World;
let ada: Person;

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  for (let i = 0; i < COMPANIES; i += 1) {
    const { companyId, userId } = i === 0 ? ada : (await world.company()).admin;
    await world.admin.query(
      `insert into contacts (company_id, owner_id, first_name, last_name, email, company, phone)
       select $1, $2,
         (array['Anna','Bert','Carla','Dirk','Elena','Fritz','Gina','Hugo'])[1 + i % 8] || i % 97,
         (array['Miller','Schmidt','Nowak','Rossi','Dubois','Jansen'])[1 + i % 6] || i,
         'p' || i || '@mail' || i % 50 || '.example', 'Company ' || i % 400, '+1 555 ' || 1000000 + i
       from generate_series(1, ${EACH}) i`,
      [companyId, userId],
    );
  }
  // Vacuuming empties the index's list of pending entries, as autovacuum does in time.
  await world.admin.query('vacuum analyze contacts');
}, 300_000);

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  Plans?: Node[];
}
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plans of the statements inside the function, as the app's role runs it, and how often contacts were read through. */
async function explain(term: string) {
  const plans: Node[] = [];
  const listen = ({ message = '' }) => {
    const at = message.indexOf('{');
    if (message.includes('plan:') && at > 0) plans.push(JSON.parse(message.slice(at)).Plan);
  };
  world.admin.on('notice', listen);
  await world.admin.query(`load 'auto_explain'; begin; set local auto_explain.log_min_duration = 0;
    set local auto_explain.log_nested_statements = on; set local auto_explain.log_format = json;
    set local client_min_messages = log; set local role bulkhead_app;
    select set_config('app.company_id', '${ada.companyId}', true), set_config('app.user_id', '${ada.userId}', true),
      set_config('app.owners', '*', true)`);
  const { rows } = await world.admin.query('select * from gate.search_contacts($1)', [term]);
  const scans = await world.admin.query(
    "select seq_scan::int from pg_stat_xact_user_tables where relname = 'contacts'",
  );
  await world.admin.query('rollback');
  world.admin.off('notice', listen);
  // Finding a word's trigrams and the function's own look-ups are not what is asked about.
  const indexes = plans.flatMap(nodesOf).flatMap((node) => node['Index Name']?.match(/^contacts_.*/) ?? []);
  return { hits: rows.length, readThrough: scans.rows[0]?.seq_scan ?? 0, indexes: [...new Set(indexes)].sort() };
}

describe(`searching among ${(COMPANIES * EACH).toLocaleString('en')} contacts of ${COMPANIES} companies`, () => {
  it.each([
    ['several letters', 'nowak1234', ['contacts_search']],
    // The first thousand hits are soon found along the key.
    ['letters that all share', 'example', ['contacts_pkey']],
    ['two words', 'anna miller10', ['contacts_search']],
    ['a telephone', '1012345', ['contacts_search']],
    ['one letter', 'a', []],
    ['two letters', 'mi', []],
    ['nothing that there is', 'zzzzzz', ['contacts_search']],
  ])('reads indexes and never the table through: %s', async (_, term, more) => {
    const { readThrough, indexes } = await explain(term);
    expect(readThrough).toBe(0);
    expect(indexes).toEqual(
      [...['contacts_company', 'contacts_email', 'contacts_first_name', 'contacts_name'], ...more].sort(),
    );
  });

  it('answers in little time, the worst terms too', async () => {
    for (const term of ['nowak1234', 'example', 'a', 'anna miller1']) {
      for (let i = 0; i < 30; i++) await ada.get(`/api/contacts/?search=${term}`);
      const start = performance.now();
      const answer = await ada.get(`/api/contacts/?search=${term}`);
      expect(answer.status).toBe(200);
      expect(answer.body.items.length).toBeGreaterThan(0);
      // Generous, for the machine may be busy; reading the table through takes longer.
      expect([term, performance.now() - start < 500]).toEqual([term, true]);
    }
  });

  it.each(['-created_at', 'name', '-email', 'company', 'lead_score', 'status', '-updated_at'])(
    'reads a page sorted by %s from an index, far from the beginning too',
    async (sort) => {
      let cursor = '';
      for (let i = 0; i < 3; i += 1) {
        const page = await ada.get(`/api/contacts/?limit=200&sort=${sort}${cursor && `&cursor=${cursor}`}`);
        cursor = page.body.next_cursor;
      }
      const start = performance.now();
      await ada.get(`/api/contacts/?limit=50&sort=${sort}&cursor=${cursor}`);
      expect(performance.now() - start).toBeLessThan(250);
    },
  );
});
