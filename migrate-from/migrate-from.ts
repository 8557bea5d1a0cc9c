import type { ClientBase } from 'pg';
import { logOperation, writing } from '../operations/operator.ts';
import { quoted } from '../operations/tables.ts';
import { defineCustomFields } from './custom-fields.ts';
import { LEFT, MAPPINGS, type Mapping, memberId, NO_PLACE } from './mappings.ts';
import { type Outcome, putBatch } from './put-batch.ts';
import type { Report } from './report.ts';
import { batches, reading, type Source, type SourceRow } from './source.ts';
import { type IdOf, idsOf, times } from './values.ts';

export interface MigrateOptions {
  adminUrl: string;
  from: string;
  /** What tells one source from another, where their ids are numbers. */
  sourceName: string;
  report: Report;
}

/**
 * Brings another CRM's companies with their rows, in batches, each in a transaction of its own: killed, it goes on where
 * it was when it is run again, and what was brought before is not brought twice. Every row that was read is in the report.
 */
export async function migrateFrom({ adminUrl, from, sourceName, report }: MigrateOptions): Promise<void> {
  await reading(from, async (source) => {
    if (!source.tables.has('companies') || !source.tables.has('users')) {
      throw new Error('This database has no tables companies and users: it is not of a CRM that can be brought.');
    }
    const idOf = idsOf(sourceName);
    const companies = new Set<string>();
    for (const mapping of MAPPINGS) {
      if (source.tables.has(mapping.from))
        await bringTable({ adminUrl, source, sourceName, idOf, companies, report }, mapping);
    }
    await settleManagers(adminUrl, source, idOf, companies);
    await settleLeads(adminUrl, source, idOf, companies);
    await settleBins(adminUrl, source, idOf, companies);
    await accountForTheRest(source, report);
  });
}

interface Run {
  adminUrl: string;
  source: Source;
  sourceName: string;
  idOf: IdOf;
  /** Those that came from this source, by their ids here. */
  companies: Set<string>;
  report: Report;
}

async function bringTable(
  { adminUrl, source, sourceName, idOf, companies, report }: Run,
  mapping: Mapping,
): Promise<void> {
  const { from, into, label = from } = mapping;
  const looked = new Set(['company_id', ...(mapping.hasBin ? ['is_deleted'] : [])]);
  report.account(label);
  for await (const all of batches(source, from, mapping.company)) {
    const batch = all.filter((row) => !mapping.skips?.(row));
    const mapped = batch.map((row) => prepare(row, mapping, idOf, companies, looked));
    const rows = mapped.filter((row): row is SourceRow => typeof row !== 'string');
    const outcomes = await writing(adminUrl, async (client) => {
      await comesFromHere(client);
      const put = await putBatch(client, mapping, rows);
      if (into === 'companies') return claim(client, sourceName, rows, put);
      if (CUSTOM.has(into)) await defineCustomFields(client, into, rows);
      return put;
    });
    let next = 0;
    for (const [i, row] of batch.entries()) {
      const ready = mapped[i];
      const outcome = typeof ready === 'string' ? ready : String(outcomes[next++]);
      if (into === 'companies' && (outcome === 'brought' || outcome === 'there already')) {
        companies.add(String(idOf('companies', row.id)));
      }
      await report.row(label, String(row.id), row.company_id == null ? null : String(row.company_id), outcome);
    }
  }
  if (label === from) report.account(label).columns = await unused(source, from, looked);
}

const CUSTOM = new Set(['contacts', 'deals', 'activities']);

/** The row as it will be here, or why it cannot come. Notes which columns the mapping looks at. */
function prepare(
  row: SourceRow,
  { into, map }: Mapping,
  idOf: IdOf,
  companies: ReadonlySet<string>,
  looked: Set<string>,
): SourceRow | string {
  const watched = new Proxy(row, {
    get: (target, name) => {
      looked.add(String(name));
      return target[String(name)];
    },
  });
  const mapped = map(watched, idOf);
  if (typeof mapped === 'string' || into === 'companies') return mapped;
  if (row.company_id === null || row.company_id === undefined) return 'It has no company, and none can be told.';
  const company = String(idOf('companies', row.company_id));
  return companies.has(company) ? { company_id: company, ...mapped } : 'Its company was not brought.';
}

/** Notes which companies came from this source. One that is here from elsewhere, under the same id, gets no rows. */
async function claim(client: ClientBase, source: string, rows: readonly SourceRow[], put: readonly Outcome[]) {
  const claimed: Outcome[] = [];
  for (const [i, { id }] of rows.entries()) {
    if (put[i] === 'brought') await logOperation(client, 'company_migrated', String(id), { source });
    const { rowCount } = await client.query(
      `select from platform_audit where action = 'company_migrated' and about_company_id = $1 and details ->> 'source' = $2`,
      [id, source],
    );
    const strange = put[i] === 'there already' && rowCount === 0;
    claimed.push(strange ? 'A company with this id is here that did not come from this source.' : String(put[i]));
  }
  return claimed;
}

/** What the audit log says of rows that come this way. */
const comesFromHere = (client: ClientBase) =>
  client.query(`select set_config('app.request', '{"method": "CLI", "path": "bulkhead migrate-from"}', true)`);

/** A column that is empty in every row says nothing. */
async function unused(source: Source, table: string, looked: ReadonlySet<string>): Promise<string[]> {
  const names = [...(source.tables.get(table) ?? [])].filter((name) => !looked.has(name));
  const full: string[] = [];
  for (const name of names) {
    const { rows } = await source.client.query(
      `select exists (select from "${table}" t where to_jsonb(t) ->> $1 is not null) as full`,
      [name],
    );
    if (rows[0].full) full.push(name);
  }
  return full.sort();
}

/** Managers can come later than whom they lead. Only in the companies that came from here, as all else. */
async function settleManagers(
  adminUrl: string,
  source: Source,
  idOf: IdOf,
  companies: ReadonlySet<string>,
): Promise<void> {
  if (!source.tables.get('users')?.has('manager_id')) return;
  const { rows } = await source.client.query<SourceRow>(
    'select id::text, manager_id::text from users where manager_id is not null',
  );
  await writing(adminUrl, async (client) => {
    await comesFromHere(client);
    await client.query(
      `update users u set manager_id = m.id
       from unnest($1::uuid[], $2::uuid[]) led (id, manager_id) join users m on m.id = led.manager_id
       where u.id = led.id and m.company_id = u.company_id and u.manager_id is null and u.company_id = any ($3::uuid[])`,
      [rows.map(({ id }) => idOf('users', id)), rows.map((row) => idOf('users', row.manager_id)), [...companies]],
    );
  });
}

/** Who leads a team is in it here, whether they said so there or not. */
async function settleLeads(
  adminUrl: string,
  source: Source,
  idOf: IdOf,
  companies: ReadonlySet<string>,
): Promise<void> {
  if (!source.tables.get('teams')?.has('team_lead_id')) return;
  const { rows } = await source.client.query<SourceRow>(
    'select id::text, team_lead_id::text as lead from teams where team_lead_id is not null',
  );
  await writing(adminUrl, async (client) => {
    await comesFromHere(client);
    await client.query(
      `insert into team_members (company_id, id, team_id, user_id, is_lead)
       select t.company_id, led.member_id, t.id, u.id, true
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) led (team_id, user_id, member_id)
       join teams t on t.id = led.team_id join users u on u.company_id = t.company_id and u.id = led.user_id
       where t.company_id = any ($4::uuid[])
       on conflict (company_id, team_id, user_id) do update set is_lead = true where not team_members.is_lead`,
      [
        rows.map(({ id }) => idOf('teams', id)),
        rows.map(({ lead }) => idOf('users', lead)),
        rows.map(({ id, lead }) => memberId(idOf, id, lead)),
        [...companies],
      ],
    );
  });
}

/**
 * What was deleted there goes into the bin once everything is here: nothing could be attached to it any more. Rows that
 * somebody has changed or taken back here since, in the time between two runs, stay where they are.
 */
async function settleBins(adminUrl: string, source: Source, idOf: IdOf, companies: ReadonlySet<string>): Promise<void> {
  for (const { from, into, hasBin } of MAPPINGS) {
    if (!hasBin || !source.tables.get(from)?.has('is_deleted')) continue;
    for await (const all of batches(source, from, undefined)) {
      const deleted = all.filter((row) => row.is_deleted === true);
      if (deleted.length === 0) continue;
      await writing(adminUrl, async (client) => {
        await comesFromHere(client);
        await client.query(
          `update ${quoted(into)} here set deleted_at = there.at from unnest($1::uuid[], $2::timestamptz[]) there (id, at)
           where here.id = there.id and here.company_id = any ($3::uuid[]) and here.deleted_at is null and here.version = 1`,
          [deleted.map(({ id }) => idOf(into, id)), deleted.map((row) => times(row).updated_at), [...companies]],
        );
      });
    }
  }
}

async function accountForTheRest(source: Source, report: Report): Promise<void> {
  const known = new Set(MAPPINGS.map(({ from }) => from));
  for (const table of source.tables.keys()) {
    if (known.has(table)) continue;
    report.account(table);
    for await (const batch of batches(source, table, undefined)) {
      for (const row of batch) {
        const company = row.company_id == null ? null : String(row.company_id);
        await report.row(table, String(row.id ?? ''), company, LEFT[table] ?? NO_PLACE);
      }
    }
  }
}
