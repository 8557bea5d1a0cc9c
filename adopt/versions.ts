import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onEachRelease } from '../audit/releases.ts';
import { apply } from './apply.ts';
import { answers as ofAuditCase } from './audit-case/adoption.ts';
import { fillBefore } from './audit-case/rows.ts';
import { beforeSchema } from './audit-case/schema.ts';
import { backUp } from './backup.ts';
import type { Answers } from './classify.ts';
import { makePlan } from './make-plan.ts';
import { restoreBackUp } from './restore-backup.ts';
import { rollback } from './rollback.ts';
import { dump } from './testing/dump.ts';
import { verify } from './verify.ts';

interface Sample {
  name: string;
  answers: Answers;
  /** What the auditor finds in it by right: keys that are the application's to change. */
  left: string[];
  fill: (client: pg.Client) => Promise<unknown>;
}

const script = (name: string) => readFileSync(join(import.meta.dirname, `testing/${name}.sql`), 'utf8');
const samples: Sample[] = [
  {
    name: 'audit case',
    answers: ofAuditCase,
    left: [],
    fill: async (client) => {
      await client.query(beforeSchema());
      await fillBefore(client);
    },
  },
  {
    name: 'hard',
    answers: {},
    left: [
      '"Sales Data"."Order": Order_number_excl',
      '"Sales Data"."Order": Order_pkey',
      'public.events: events_pkey',
      'public.projects: projects_pkey',
      'public.users: users_pkey',
    ],
    fill: (client) => client.query(script('hard')),
  },
  { name: 'shop', answers: { global: ['countries'] }, left: [], fill: (client) => client.query(script('shop')) },
];

/**
 * `npm run adopt:versions`: backs up, adopts, verifies with the whole audit, takes back and restores the sample databases on
 * a real server of each release. Names of majors choose some of them.
 */
await onEachRelease(process.argv.slice(2), async (server, major) => {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  for (const [n, sample] of samples.entries()) {
    await admin.query(`create database sample_${n}`);
    const url = new URL(server);
    url.pathname = `/sample_${n}`;
    const told = await adoptAndBack(url.href, sample).catch((error: Error) => [`NOT ${error.stack}`]);
    console.log(`${major}: ${sample.name}: ${told.length === 0 ? 'as it should be' : ''}`);
    for (const line of told) console.log(`  ${line}`);
    if (told.length > 0) process.exitCode = 1;
  }
  await admin.end();
});

/** What is not as it should be. */
async function adoptAndBack(url: string, { answers, fill, left }: Sample): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-adopt-'));
  const wrong: string[] = [];
  try {
    await client.connect();
    await fill(client);
    const before = await dump(client);
    const { method } = await backUp(url, join(folder, 'backup'));
    const plan = await makePlan(url, answers);
    const { state } = await apply(url, plan, { through: 'force', batchRows: 100 });
    if (state !== 'complete') wrong.push(`it is ${state}`);
    const { checks, audit, remaining } = await verify(url);
    for (const { name, ok, detail } of checks) {
      if (!ok && name !== 'the whole audit') wrong.push(`${name}: ${detail}`);
    }
    for (const { rule, object, why } of remaining) {
      // Told with its reason, as for ON DELETE SET NULL before PostgreSQL 15.
      if (!left.includes(object) && !(rule === 39 && why)) wrong.push(`rule ${rule}: ${object}`);
    }
    for (const object of left) if (!remaining.some((one) => one.object === object)) wrong.push(`not found: ${object}`);
    for (const { rule, outcome, reason } of audit?.outcomes ?? []) {
      if (outcome === 'not checked') wrong.push(`rule ${rule.number}: ${reason}`);
    }
    await rollback(url);
    if ((await dump(client)) !== before) wrong.push('rolled back, it is not what it was');
    const again = new URL(url);
    again.pathname += '_again';
    if (method === 'pg_dump') await client.query(`create database ${again.pathname.slice(1)}`);
    const to = method === 'pg_dump' ? again.href : url;
    await restoreBackUp(to, join(folder, 'backup'), { replace: method === 'rows', elsewhere: true });
    const restored = new pg.Client({ connectionString: to });
    await restored.connect();
    if ((await dump(restored)) !== before) wrong.push(`restored by ${method}, it is not what it was`);
    await restored.end();
    return wrong;
  } finally {
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
}
