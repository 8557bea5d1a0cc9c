import { beforeAll, describe, expect, it } from 'vitest';
import { runNextProbe } from '../../../audit/probe/own/runs.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let root: Awaited<ReturnType<World['superAdmin']>>;
let bystander: Person;

const state = async () => (await root.get('/api/platform/isolation')).body;
const part = { only: { endpoint: /^GET \/api\/(tags|teams)$/, attacks: [12, 21, 32] } };

beforeAll(async () => {
  world = await createWorld();
  root = await world.superAdmin();
  bystander = (await world.company('Nadan')).admin;
});

describe('an attack on the installation', () => {
  it('that a super admin asks for is made once, by one worker, and told endpoint by endpoint', async () => {
    expect(await state()).toMatchObject({ probes: [], probe_schedule: { nightly: false, hour: 3 } });
    expect((await root.get('/api/platform/isolation/coverage')).status).toBe(409);
    const asked = await root.post('/api/platform/isolation/probes');
    expect(asked).toMatchObject({ status: 202, body: { status: 'waiting', requested_by_email: root.email } });
    expect((await root.post('/api/platform/isolation/probes')).status).toBe(409);
    const ran = await Promise.all([runNextProbe(world.adminUrl, part), runNextProbe(world.adminUrl, part)]);
    expect(ran.filter(Boolean)).toHaveLength(1);
    const { probes } = await state();
    expect(probes).toHaveLength(1);
    expect(probes[0]).toMatchObject({ status: 'done', error: null, leaked: 0, not_reached: 0, has_report: true });
    const { body } = await root.get('/api/platform/isolation/coverage');
    expect(body.attacks.map(({ number }: { number: number }) => number).sort()).toEqual([12, 21, 32]);
    expect(body.endpoints.map(({ path }: { path: string }) => path)).toEqual(['/api/tags', '/api/teams']);
    for (const { verdicts } of body.endpoints) expect(verdicts).toMatch(/^[hn]{3}$/);
  });

  it('leaves no company, login or line of its own, and counts in no figure while it lasts', async () => {
    const { rows } = await world.admin.query(
      'select name from companies union all select email::text from login_identities',
    );
    expect(rows.map(({ name }) => name).filter((name) => /canary/.test(name))).toEqual([]);
    const figures = async () => (await root.get('/api/platform/figures')).body;
    const before = await figures();
    const { rows: made } = await world.admin.query(
      `insert into companies (name, is_canary) values ('canary-probe-x', true) returning id`,
    );
    await world.person(made[0].id, 'company_admin');
    expect(await figures()).toEqual(before);
    const listed = (await root.get('/api/platform/companies')).body.items.map(({ name }: { name: string }) => name);
    expect(listed).toEqual(['Nadan']);
    await world.admin.query('delete from login_identities where company_id = $1', [made[0].id]);
    await world.admin.query('delete from companies where id = $1', [made[0].id]);
  });

  it('of the night is made once a day, at its hour, only where it is wanted', async () => {
    const hour = new Date().getUTCHours();
    const nightly = (wanted: boolean) => root.put('/api/platform/isolation/probe-schedule', { nightly: wanted, hour });
    await world.admin.query(
      `update probe_runs set requested_at = now() - interval '25 hours'; update probe_schedule set since = now() - interval '3 days'`,
    );
    expect(await runNextProbe(world.adminUrl, part), 'nobody wants it').toBe(false);
    expect((await nightly(true)).body).toEqual({ nightly: true, hour });
    expect(await runNextProbe(world.adminUrl, part), 'its first night is yet to come').toBe(false);
    await world.admin.query(`update probe_schedule set since = now() - interval '2 days'`);
    expect(await runNextProbe(world.adminUrl, part)).toBe(true);
    expect(await runNextProbe(world.adminUrl, part)).toBe(false);
    expect((await state()).probes[0]).toMatchObject({ reason: 'nightly', status: 'done' });
  });

  it('whose process died is made again', async () => {
    await root.post('/api/platform/isolation/probes');
    const died = `update probe_runs set status = 'running', heard_at = now() - $1::interval where status in ('waiting', 'running')`;
    await world.admin.query(died, ['1 minute']);
    expect(await runNextProbe(world.adminUrl, part)).toBe(false);
    await world.admin.query(died, ['3 minutes']);
    expect(await runNextProbe(world.adminUrl, part)).toBe(true);
    expect((await state()).probes[0]).toMatchObject({ reason: 'asked', status: 'done' });
  });

  it('is told in every format, and to nobody but super admins', async () => {
    for (const format of ['html', 'json', 'markdown', 'sarif', 'junit']) {
      const { status, headers } = await root.get(`/api/platform/isolation/coverage/file?format=${format}`);
      expect(status).toBe(200);
      expect(headers['content-disposition']).toMatch(/^attachment; filename="probe-\d{4}-\d\d-\d\d\./);
    }
    for (const path of ['coverage', 'coverage/file'])
      expect((await bystander.get(`/api/platform/isolation/${path}`)).status).toBe(403);
    expect((await bystander.post('/api/platform/isolation/probes')).status).toBe(403);
    expect((await bystander.put('/api/platform/isolation/probe-schedule', { nightly: true, hour: 1 })).status).toBe(
      403,
    );
    expect((await world.anonymous.get('/api/platform/isolation/coverage')).status).toBe(401);
  });
});
