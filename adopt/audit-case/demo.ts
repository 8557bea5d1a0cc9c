import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { apply } from '../apply.ts';
import { makePlan } from '../make-plan.ts';
import { setAsides } from '../resolve.ts';
import { verify } from '../verify.ts';
import { answers } from './adoption.ts';
import { type Figures, figures } from './figures.ts';
import { fillBefore } from './rows.ts';
import { beforeSchema } from './schema.ts';

/** Adopts the audited CRM in a database of its own on the given server, tells what happens, and drops it. Gives an exit code. */
export async function tellAdoption(serverUrl: string, say: (line: string) => void): Promise<number> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  const name = `bulkhead_adopt_demo_${randomBytes(4).toString('hex')}`;
  await admin.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  try {
    await client.connect();
    await client.query(beforeSchema());
    await fillBefore(client);
    say('Before, as it was audited:');
    tellFigures(await figures(client), say);
    const plan = await makePlan(url.href, answers);
    say(`\nThe plan: ${plan.steps.length} steps, each with the statement that takes it back.`);
    const begun = performance.now();
    const { state, quarantined, setAside } = await apply(url.href, plan, { through: 'force' });
    say(
      `Applied in ${((performance.now() - begun) / 1000).toFixed(1)} s: ${state}, ${quarantined} rows in quarantine, ${setAside} set aside.`,
    );
    for (const { table, reason } of await setAsides(url.href)) say(`  set aside from ${table}: ${reason}`);
    say('\nAfter:');
    tellFigures(await figures(client), say);
    const { ok, checks } = await verify(url.href);
    say('');
    for (const check of checks) say(`${check.ok ? 'ok  ' : 'NOT '} ${check.name}: ${check.detail}`);
    return ok ? 0 : 1;
  } finally {
    await client.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role if exists ${name}_app`);
    await admin.end();
  }
}

function tellFigures(found: Figures, say: (line: string) => void): void {
  const without = Object.entries(found.withoutCompany).map(([table, rows]) => `${rows} in ${table}`);
  say(
    `  ${found.tables} tables, ${found.withCompany.length} with company_id; ${found.foreignKeysOnCompany} foreign keys and ${found.indexesOnCompany} indexes on it`,
  );
  say(`  rows without a company: ${without.join(', ') || 'none'}`);
  say(
    `  ${found.models} models, ${found.modelsWithCompany} with company_id; only in the database: ${found.drift.onlyInDatabase.join(', ') || 'none'}; only in the models: ${found.drift.onlyInModels.join(', ') || 'none'}`,
  );
  for (const table of [
    'companies',
    'users',
    'contacts',
    'deals',
    'pipelines',
    'pipeline_stages',
    'files',
    'quotes',
    'workflows',
    'phone_numbers',
    'twilio_settings',
  ]) {
    const per = Object.entries(found.perCompany).map(([company, rows]) => `${company} ${rows[table] ?? 0}`);
    say(
      `  ${table.padEnd(16)} ${String(found.rows[table]).padStart(4)}${table === 'companies' ? '' : `  (${per.join(', ')})`}`,
    );
  }
}
