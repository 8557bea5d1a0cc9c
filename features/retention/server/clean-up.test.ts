import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { defineFeature } from '../../../server/platform/feature.ts';
import { createWorker } from '../../../server/platform/worker.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { cleanUp } from './clean-up.ts';

let world: World;
let ada: Person;
let bob: Person;
const hash = () => randomBytes(32);

/** One row of each kind that ended so many days ago; by a negative number, one that is not over. */
async function leave({ companyId, userId }: Person, days: number): Promise<void> {
  const insert = (sql: string, ...more: unknown[]) => world.admin.query(sql, [companyId, userId, days, ...more]);
  await insert(
    `with s as (insert into sessions (company_id, user_id, expires_at) values ($1, $2, now() - make_interval(days => $3))
       returning company_id, id)
     insert into refresh_tokens (company_id, session_id, token_hash, expires_at)
     select company_id, id, $4, now() - make_interval(days => $3) from s`,
    hash(),
  );
  await insert(
    `insert into password_resets (identity_id, token_hash, expires_at)
     select id, $4, now() - make_interval(days => $3) from login_identities where company_id = $1 and user_id = $2`,
    hash(),
  );
  await insert(
    `insert into email_changes (company_id, user_id, email, token_hash, expires_at)
     values ($1, $2, 'new@example.com', $4, now() - make_interval(days => $3))`,
    hash(),
  );
  await insert(
    `insert into idempotency_keys (company_id, user_id, key, request_hash, created_at)
     values ($1, $2, $4, '', now() - make_interval(days => greatest($3, 0)))`,
    hash().toString('hex'),
  );
  await insert(
    `insert into invitations (company_id, invited_by, email, user_role, token_hash, expires_at)
     values ($1, $2, $4, 'sales_rep', $5, now() - make_interval(days => $3))`,
    `${hash().toString('hex')}@example.com`,
    hash(),
  );
  await insert(
    `insert into jobs (company_id, user_id, name, status, run_at)
     values ($1, $2, 'test.failed', case when $3 < 0 then 'scheduled' else 'failed' end, now() - make_interval(days => $3))`,
  );
}

const left = async ({ companyId }: Person): Promise<Record<string, number>> =>
  (
    await world.admin.query(
      `select
         (select count(*)::int from sessions where company_id = $1) as sessions,
         (select count(*)::int from refresh_tokens where company_id = $1) as refresh_tokens,
         (select count(*)::int from password_resets p join login_identities i on i.id = p.identity_id
           where i.company_id = $1) as password_resets,
         (select count(*)::int from email_changes where company_id = $1) as email_changes,
         (select count(*)::int from idempotency_keys where company_id = $1) as idempotency_keys,
         (select count(*)::int from invitations where company_id = $1) as invitations,
         (select count(*)::int from jobs where company_id = $1 and name = 'test.failed') as jobs`,
      [companyId],
    )
  ).rows[0];
const each = (count: number) => ({
  sessions: count + 1, // the person's own
  refresh_tokens: count,
  password_resets: count,
  email_changes: count,
  idempotency_keys: count,
  invitations: count,
  jobs: count,
});
const clean = ({ companyId }: Person) =>
  cleanUp.run(world.door.asCompany({ companyId, userId: null, owners: '*' }), {}, new AbortController().signal);

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  for (const person of [ada, bob]) for (const days of [400, 190, 1, -1]) await leave(person, days);
});

describe('the nightly clean-up', () => {
  it('deletes what was over long ago, keeps the rest, and leaves every other company as it was', async () => {
    const before = await left(bob);
    expect(before).toEqual(each(4));
    await clean(ada);
    expect(await left(ada)).toEqual(each(2));
    expect(await left(bob)).toEqual(before);
    expect((await ada.get('/api/contacts')).status).toBe(200);
    expect((await bob.get('/api/contacts')).status).toBe(200);
  });

  it('keeps things for as long as the operator says, and never deletes what is not over', async () => {
    vi.stubEnv('BULKHEAD_KEEP_SESSIONS', '0');
    vi.stubEnv('BULKHEAD_KEEP_INVITATIONS', '0');
    vi.stubEnv('BULKHEAD_KEEP_JOBS', '0');
    await clean(ada);
    vi.unstubAllEnvs();
    expect(await left(ada)).toEqual({ ...each(1), idempotency_keys: 2 });
  });

  it('goes through more rows than one statement takes', async () => {
    await world.admin.query(
      `insert into idempotency_keys (company_id, user_id, key, request_hash, created_at)
       select $1, $2, n, '', now() - interval '9 days' from generate_series(1, 2500) n`,
      [ada.companyId, ada.userId],
    );
    await clean(ada);
    expect((await left(ada)).idempotency_keys).toBe(2);
  });

  it('does nothing without a company', async () => {
    await world.door.gate('clean_up', ['sessions', '0 days', 1000]);
    expect(await left(bob)).toEqual(each(4));
  });

  it('comes to every company, each in its own hours of the night, once, and again after it', async () => {
    const { admin: eve } = await world.company();
    const jobs = async () =>
      (
        await world.admin.query(
          `select company_id, user_id, status, run_at, extract(hour from run_at at time zone 'UTC')::int as hour
           from jobs where name = 'retention.clean_up'`,
        )
      ).rows;
    const features = [defineFeature({ name: 'test', jobs: [cleanUp] })];
    const { adminUrl, door, app } = world;
    const startOne = () => {
      const worker = createWorker({ adminUrl, door, events: app.events, features, night: 22 });
      worker.start();
      return worker;
    };
    const workers = [startOne(), startOne()];
    try {
      await vi.waitFor(async () => expect(await jobs()).toHaveLength(3), 15_000);
      for (const { user_id, hour, run_at } of await jobs()) {
        expect(user_id).toBeNull();
        expect([22, 23, 0, 1]).toContain(hour);
        expect(run_at.getTime()).toBeGreaterThan(Date.now());
        expect(run_at.getTime()).toBeLessThan(Date.now() + 28 * 3_600_000);
      }
      await leave(eve, 400);
      await world.admin.query(`update jobs set run_at = now() where name = 'retention.clean_up'`);
      await vi.waitFor(async () => expect(await left(eve)).toEqual(each(0)), 15_000);
      // Whichever worker looks late may have planned the next night's by now.
      const due = async () => (await jobs()).filter(({ run_at }) => run_at.getTime() <= Date.now());
      await vi.waitFor(async () => expect(await due()).toEqual([]), 15_000);
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
    const next = startOne();
    await vi.waitFor(async () => expect(await jobs()).toHaveLength(3), 15_000);
    await next.stop();
  }, 60_000);

  it('deletes the ended sessions of super admins on the way, and no others', async () => {
    const boss = await world.superAdmin();
    await world.admin.query(
      `insert into platform_sessions (identity_id, expires_at) values ($1, now() - interval '40 days')`,
      [boss.identityId],
    );
    const features = [defineFeature({ name: 'test', jobs: [cleanUp] })];
    const worker = createWorker({ adminUrl: world.adminUrl, door: world.door, events: world.app.events, features });
    worker.start();
    await vi.waitFor(async () => {
      const { rows } = await world.admin.query('select id from platform_sessions');
      expect(rows).toEqual([{ id: boss.sessionId }]);
    }, 15_000);
    await worker.stop();
  });
});
