import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { readPlan, writePlan } from './plan-file.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { dump } from './testing/dump.ts';
import { verify } from './verify.ts';

const hard = readFileSync(join(import.meta.dirname, 'testing/hard.sql'), 'utf8');

test('circles, self-references, composite and text keys, partitions, views, triggers, enum and citext are adopted and taken back', async () => {
  const { url, client, appRole } = await emptyDatabase(hard);
  const before = await dump(client);
  const plan = await makePlan(url);
  expect(readPlan(writePlan(plan))).toEqual(plan);
  expect(Object.values(plan.decisions.tables).filter((table) => table.class === 'ask')).toEqual([]);
  expect(await apply(url, plan, { through: 'force', batchRows: 100 })).toMatchObject({
    state: 'complete',
    quarantined: 0,
  });
  const { checks, remaining, audit } = await verify(url);
  expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['the whole audit']);
  // All that is left is the application's: keys by which it names its rows, and what cannot be built beside a load.
  expect(audit?.outcomes.filter(({ outcome }) => outcome === 'not checked')).toEqual([]);
  expect(remaining.map(({ rule, object, why }) => `${rule} ${object} ${why?.split(' ')[0]}`).sort()).toEqual([
    '41 "Sales Data"."Order": Order_number_excl Exclusion',
    '41 "Sales Data"."Order": Order_pkey Primary',
    '41 public.events: events_pkey Primary',
    '41 public.projects: projects_pkey Primary',
    '41 public.users: users_pkey Primary',
  ]);

  await client.query(`set role ${appRole}; set app.company_id = '00000000-0000-4000-8000-000000000002'`);
  const seen = await client.query('select count(*)::int as won, count(distinct company_id)::int as companies from won');
  expect(seen.rows[0]).toMatchObject({ companies: 1 });
  await expect(client.query('select from public.figures')).rejects.toThrow(/permission denied/);
  await expect(client.query('select from public.events_2024')).rejects.toThrow(/permission denied/);
  await expect(
    client.query(`insert into events (id, at, login) values (1000, '2024-01-05', 'user1')`),
  ).resolves.toMatchObject({ rowCount: 1 });
  await expect(client.query(`insert into events (id, at, login) values (1001, '2024-01-05', 'user2')`)).rejects.toThrow(
    /foreign key/,
  );
  await client.query(`reset role; delete from events where id = 1000`);

  await rollback(url);
  expect(await dump(client)).toBe(before);
});
