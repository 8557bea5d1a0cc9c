import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Caller, register } from './caller.ts';
import { type Installation, install, type Part } from './installation.ts';
import { seeded } from './random.ts';
import { Seller, type Written } from './seller.ts';

// Everything that can die does, again and again, while two companies write and import. What Bulkhead itself is to start
// again (all but what `npm start` runs) the test leaves to it.
const SEED = 20261121;
const WRITES = 1_000;
const SELLERS = 5;
const ROWS = 4_000;
const KILLS: readonly Part[] = ['worker', 'database', 'server', 'launcher', 'worker', 'database', 'server', 'database'];

let house: Installation;
beforeAll(async () => {
  house = await install({ processes: 2 });
  await house.start();
});
afterAll(() => house.remove());

const rows = `First Name,Last Name,Email\r\n${Array.from({ length: ROWS }, (_, n) => `Jo ${n},Imported,jo${n}@example.com`).join('\r\n')}`;

async function startImport(caller: Caller): Promise<string> {
  const form = new FormData();
  form.set('start', 'true');
  form.set('file', new Blob([rows], { type: 'text/csv' }), 'people.csv');
  const made = await caller.attempt('POST', '/api/contacts/upload-csv', form);
  expect(made?.status).toBe(201);
  return made?.body.id;
}

async function company(name: string, random: () => number) {
  const { caller, companyId } = await register(house.url, name);
  const stages = (await caller.get('/api/pipelines')).body.items[0].stages.map(({ id }: { id: string }) => id);
  const sellers = Array.from(
    { length: SELLERS },
    (_, n) => new Seller(`${name} ${n}`, caller, stages, seeded(n + random() * 1e9)),
  );
  return { name, caller, companyId, sellers, importId: await startImport(caller) };
}

test(`${WRITES} acknowledged writes and two imports are there once each, whatever was killed meanwhile`, async () => {
  const random = seeded(SEED);
  const companies = [await company('Nadan', random), await company('Sunstone', random)];
  const sellers = companies.flatMap((one) => one.sellers);
  const before = house.pids('server');
  let writes = 0;
  const selling = Promise.all(sellers.map((seller) => seller.work(WRITES / sellers.length, () => (writes += 1))));

  const unfinished: Part[] = [];
  const killing = (async () => {
    for (const [n, part] of KILLS.entries()) {
      const at = Math.floor(((n + 0.2 + 0.6 * random()) * WRITES) / KILLS.length);
      await vi.waitFor(() => expect(writes).toBeGreaterThanOrEqual(at), { timeout: 60_000, interval: 5 });
      const states = await Promise.all(companies.map(({ caller, importId }) => caller.get(`/api/imports/${importId}`)));
      if (states.some(({ body }) => body.status === 'running')) unfinished.push(part);
      await vi.waitFor(() => expect(house.pids(part)).not.toEqual([]), { timeout: 20_000, interval: 20 });
      await house.kill(part, Math.floor(random() * 10));
      if (part === 'launcher') await house.start();
    }
  })();
  await Promise.all([selling, killing]);
  for (const { caller, importId } of companies) {
    await vi.waitFor(
      async () =>
        expect((await caller.get(`/api/imports/${importId}`)).body).toMatchObject({
          status: 'finished',
          rows_created: ROWS,
        }),
      { timeout: 60_000, interval: 100 },
    );
  }
  expect(house.pids('server')).toHaveLength(2);
  expect(house.pids('server')).not.toEqual(before);
  expect(unfinished).toEqual(expect.arrayContaining(['worker', 'database']));
  expect(sellers.reduce((sum, { caller }) => sum + caller.unclear, 0)).toBeGreaterThan(0);

  const admin = new pg.Client({ connectionString: await house.stop() });
  await admin.connect();
  try {
    for (const { companyId, sellers } of companies) {
      const written = sellers.flatMap((seller) => seller.written);
      await expectWritten(admin, companyId, written);
      await expectImported(admin, companyId);
    }
  } finally {
    await admin.end();
  }
}, 150_000);

const sorted = <T extends { id: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

async function expectWritten(admin: pg.Client, companyId: string, written: readonly Written[]): Promise<void> {
  const { rows } = await admin.query(
    `with records as (
       select 'contacts' as table, id, version, title as says, deleted_at from contacts where company_id = $1 and last_name = 'Written'
       union all select 'deals', id, version, title, deleted_at from deals where company_id = $1
       union all select 'notes', id, version, body, deleted_at from notes where company_id = $1
       union all select 'activities', id, version, subject, deleted_at from activities where company_id = $1)
     select r.table, id, version, says, deleted_at is not null as deleted,
       (select array_agg(action order by a.id) from audit_logs a where a.company_id = $1 and a.resource_id = r.id) as audit,
       coalesce((select array_agg(to_stage_id::text order by h.id) from deal_stage_history h
         where h.company_id = $1 and h.deal_id = r.id), '{}') as stages
     from records r`,
    [companyId],
  );
  expect(sorted(rows)).toEqual(sorted(written));
}

async function expectImported(admin: pg.Client, companyId: string): Promise<void> {
  const { rows } = await admin.query(
    `select count(*)::int, count(distinct email)::int as emails,
       (select count(*)::int from audit_logs a join contacts c using (company_id)
        where company_id = $1 and a.resource_id = c.id and c.last_name = 'Imported') as logged,
       (select count(*)::int from jobs where company_id = $1 and name = 'imports.run') as jobs
     from contacts where company_id = $1 and last_name = 'Imported'`,
    [companyId],
  );
  expect(rows).toEqual([{ count: ROWS, emails: ROWS, logged: ROWS, jobs: 0 }]);
}
