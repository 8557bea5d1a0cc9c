import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../audit/report/report.ts';
import { fingerprintOf, KEY_PATH, unsealed } from '../../../audit/report/seal.ts';
import { runNextAudit } from '../../../audit/runs.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let root: Awaited<ReturnType<World['superAdmin']>>;
let nadan: Person;
let sunstone: Person;

const state = async () => (await root.get('/api/platform/isolation')).body;

beforeAll(async () => {
  world = await createWorld();
  root = await world.superAdmin();
  nadan = (await world.company('Nadan')).admin;
  sunstone = (await world.company('Sunstone')).admin;
  await nadan.post('/api/contacts', { first_name: 'Ada', last_name: 'Lovelace' });
  for (const first_name of ['Grace', 'Jean', 'Kay'])
    await sunstone.post('/api/contacts', { first_name, last_name: 'B' });
});

describe('before the first audit', () => {
  it('there is nothing to show, and it says so', async () => {
    expect(await state()).toMatchObject({ runs: [], schedule: { nightly: true, hour: 2 } });
    expect((await nadan.get('/api/trust')).body).toMatchObject({ run_id: null, verdict: null, tables: [] });
    expect((await nadan.get('/api/trust/report')).status).toBe(409);
  });
});

describe('an audit', () => {
  it('that a super admin asks for is run once, by one worker, and told with its findings', async () => {
    // That of the night is not due: one is waiting.
    const asked = await root.post('/api/platform/isolation/runs');
    expect(asked).toMatchObject({
      status: 202,
      body: { status: 'waiting', reason: 'asked', requested_by_email: root.email },
    });
    expect((await root.post('/api/platform/isolation/runs')).status).toBe(409);
    await world.admin.query('create table strays (id uuid primary key); alter table strays owner to bulkhead_owner');
    try {
      const ran = await Promise.all([runNextAudit(world.adminUrl), runNextAudit(world.adminUrl)]);
      expect(ran.filter(Boolean)).toHaveLength(1);
    } finally {
      await world.admin.query('drop table strays');
    }
    const { runs } = await state();
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ status: 'done', verdict: 'broken', has_report: true, error: null });
    expect(runs[0].passed + runs[0].failed + runs[0].waived + runs[0].not_checked).toBe(runs[0].checks);
    const { body } = await root.get('/api/platform/isolation/report');
    const first = body.outcomes.find(({ number }: { number: number }) => number === 1);
    expect(first).toMatchObject({
      outcome: 'failed',
      findings: [{ object: 'public.strays', mend: expect.stringContaining('alter table public.strays add column') }],
      page: { wrong: expect.stringContaining('cannot be guarded'), see: expect.stringContaining('select ') },
    });
    expect(body.companies.map(({ name }: { name: string }) => name).sort()).toEqual(['Nadan', 'Sunstone']);
  });

  it('of the night runs once a day, at its hour, where it is wanted', async () => {
    const hour = new Date().getUTCHours();
    expect(await runNextAudit(world.adminUrl), 'one was run today').toBe(false);
    await world.admin.query(`update audit_runs set requested_at = now() - interval '25 hours'`);
    expect(await runNextAudit(world.adminUrl), 'its first night is yet to come').toBe(false);
    await world.admin.query(`update audit_schedule set since = now() - interval '2 days'`);
    await root.put('/api/platform/isolation/schedule', { nightly: false, hour });
    expect(await runNextAudit(world.adminUrl)).toBe(false);
    expect((await root.put('/api/platform/isolation/schedule', { nightly: true, hour })).body).toEqual({
      nightly: true,
      hour,
    });
    expect(await runNextAudit(world.adminUrl)).toBe(true);
    expect(await runNextAudit(world.adminUrl)).toBe(false);
    const [run] = (await state()).runs;
    expect(run).toMatchObject({ reason: 'nightly', status: 'done', error: null });
    const { body } = await root.get('/api/platform/isolation/report');
    const open = body.outcomes.filter(
      ({ outcome }: { outcome: string }) => outcome === 'failed' || outcome === 'not checked',
    );
    // 51 and 60 read what the last probe and the last mutation test left, which is not this test's doing.
    const numbers = open.map(({ number }: { number: number }) => number);
    expect(numbers.filter((number: number) => number !== 51 && number !== 60)).toEqual([]);
  });

  it('whose worker died is begun again', async () => {
    await root.post('/api/platform/isolation/runs');
    const died = `update audit_runs set status = 'running', heard_at = now() - $1::interval where status in ('waiting', 'running')`;
    await world.admin.query(died, ['1 minute']);
    expect(await runNextAudit(world.adminUrl)).toBe(false);
    await world.admin.query(died, ['3 minutes']);
    expect(await runNextAudit(world.adminUrl)).toBe(true);
    expect((await state()).runs[0]).toMatchObject({ reason: 'asked', status: 'done' });
  });
});

describe('the report', () => {
  it('of the platform is a signed file, whose key the installation publishes to everybody', async () => {
    const { fingerprint } = await state();
    const { body, headers } = await root.get('/api/platform/isolation/report/file?format=json');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="isolation-\d{4}-\d\d-\d\d\.json"$/);
    const key = (await world.anonymous.get(KEY_PATH)).body;
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', fingerprint });
    expect(fingerprintOf(key)).toBe(fingerprint);
    expect(unsealed(body, fingerprint)).toBeUndefined();
    for (const format of ['html', 'markdown', 'sarif', 'junit'])
      expect((await root.get(`/api/platform/isolation/report/file?format=${format}`)).status).toBe(200);
  });

  it("of a company is its admin's, signed, with its own rows and who of the staff was there, and nothing of another", async () => {
    const act = { reason: 'asked for help with an import' };
    await root.post(`/api/platform/companies/${nadan.companyId}/act`, act);
    await root.post(`/api/platform/companies/${sunstone.companyId}/act`, { reason: 'a look at Sunstone alone' });
    const { body } = await nadan.get('/api/trust/report?format=json');
    const report = body as Report;
    expect(unsealed(report, (await state()).fingerprint)).toBeUndefined();
    expect(report).toMatchObject({
      company: { id: nadan.companyId, name: 'Nadan' },
      visits: [{ admin_email: root.email, reason: act.reason }],
    });
    const contacts = report.distribution.find(({ table }) => table === 'public.contacts');
    expect(contacts?.rows).toEqual({ [nadan.companyId]: 1 });
    const page = (await nadan.get('/api/trust/report')).text;
    for (const text of [JSON.stringify(report), page, JSON.stringify((await nadan.get('/api/trust')).body)])
      for (const word of ['Sunstone', sunstone.companyId, 'strays']) expect(text).not.toContain(word);
  });

  it('tells of every visit of the staff, with its end, as long as the company is here: also when its session is cleaned away', async () => {
    const { id, admin } = await world.company('Meridian');
    const told = async () => {
      const { status, body } = await admin.get('/api/trust/report?format=json');
      expect(status, JSON.stringify(body)).toBe(200);
      return { report: body as Report, page: (await admin.get('/api/trust/report')).text };
    };
    const none = await told();
    expect(none.page).toMatch(/Nobody of the platform’s staff has acted for your company between \d{4}-\d\d-\d\d /);
    expect(none.report.visitsTold).toMatchObject({ total: 0, limit: 100 });

    const act = (reason: string) => root.post(`/api/platform/companies/${id}/act`, { reason, minutes: 5 });
    await act('a look at the pipelines');
    expect((await told()).report.visits).toMatchObject([{ reason: 'a look at the pipelines', ended_at: null }]);
    // Five minutes, and more than a month.
    const pass = async (time: string) => {
      await world.admin.query(
        `update sessions set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval
         where company_id = $1 and acting_admin_id is not null`,
        [id, time],
      );
      await world.admin.query(
        `begin; set local app.migrating = 'on'; set local session_replication_role = replica;
         update security_logs set created_at = created_at - '${time}'::interval, details = details
           || jsonb_build_object('until', (details ->> 'until')::timestamptz - '${time}'::interval)
         where company_id = '${id}' and event_type = 'acting_started'; commit`,
      );
    };
    await pass('1 hour');
    const over = await told();
    expect(over.page).not.toContain('still open');
    const [visit] = over.report.visits!;
    expect(Date.parse(visit!.ended_at!) - Date.parse(visit!.started_at)).toBe(300_000);

    await pass('31 days');
    const month = await told();
    await world.door
      .asCompany({ companyId: id, userId: null, owners: '*' })
      .gate('clean_up', ['sessions', '30 days', 1000]);
    const { rows } = await world.admin.query(
      'select from sessions where company_id = $1 and acting_admin_id is not null',
      [id],
    );
    expect(rows).toEqual([]);
    const kept = await told();
    expect(kept.report.visits).toEqual(month.report.visits);
    expect(kept.report.visitsTold).toMatchObject({ total: 1 });
    expect(unsealed(kept.report)).toBeUndefined();
    expect((await admin.get(`/api/companies/${id}/acting`)).body.items).toMatchObject([
      { reason: 'a look at the pipelines', acting_admin_email: root.email, ended_at: visit && expect.any(String) },
    ]);

    // Put out, not run out.
    await act('a second look');
    await root.post(`/api/platform/companies/${id}/suspend`, { reason: 'unpaid bills' });
    await root.post(`/api/platform/companies/${id}/reinstate`);
    await world.admin.query('delete from sessions where company_id = $1 and acting_admin_id is not null', [id]);
    const [second, first] = (await told()).report.visits!;
    expect(first).toEqual(kept.report.visits![0]);
    expect(Date.parse(second!.ended_at!) - Date.parse(second!.started_at)).toBeLessThan(300_000);
    expect(nadan.companyId).not.toBe(id);
    expect(JSON.stringify((await nadan.get('/api/trust/report?format=json')).body)).not.toContain('a second look');
  });

  it('of a company says nothing of how others grow, and which of its counts are from a sample', async () => {
    const own = async () => {
      const {
        seal: _seal,
        visitsTold: _told,
        ...rest
      } = (await sunstone.get('/api/trust/report?format=json')).body as Report;
      return { ...rest, finishedAt: '' };
    };
    const audited = async () => {
      await root.post('/api/platform/isolation/runs');
      expect(await runNextAudit(world.adminUrl)).toBe(true);
      return own();
    };
    const before = await audited();
    await nadan.post('/api/contacts', { first_name: 'Mary', last_name: 'Ann' });
    expect(await audited()).toEqual(before);
    expect(JSON.stringify(before)).not.toMatch(/milliseconds|startedAt/);
    await world.admin.query(
      `update audit_runs set report = jsonb_set(report, '{distribution,0,estimated}', 'true') where report ? 'outcomes'`,
    );
    const { distribution: all } = (await root.get('/api/platform/isolation/report/file?format=json')).body as Report;
    const table = all[0]!.table;
    const told = (await own()).distribution.filter(({ estimated }) => estimated);
    expect(told.map((one) => one.table)).toEqual(before.distribution.some((one) => one.table === table) ? [table] : []);
    const { tables } = (await sunstone.get('/api/trust')).body;
    expect(tables.filter(({ estimated }: { estimated: boolean }) => estimated)).toHaveLength(told.length);
  });

  it('is nobody else’s: neither the platform’s for a company, nor a company’s for its other people', async () => {
    const rep = await world.person(nadan.companyId, 'sales_rep');
    expect((await rep.get('/api/trust')).status).toBe(403);
    expect((await rep.get('/api/trust/report')).status).toBe(403);
    expect((await nadan.get('/api/platform/isolation')).status).toBe(403);
    expect((await nadan.post('/api/platform/isolation/runs')).status).toBe(403);
    expect((await root.get('/api/trust')).status).toBe(403);
    expect((await world.anonymous.get('/api/trust')).status).toBe(401);
  });
});
