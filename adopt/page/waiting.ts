import type { Client } from 'pg';
import { planUnderWay } from '../apply.ts';
import { readCatalog } from '../catalog.ts';
import { tenantOf } from '../classify.ts';
import { connectMigrator } from '../connect.ts';
import { joined } from '../paths.ts';
import type { Decisions } from '../plan.ts';
import type { Quarantined, SetAside } from '../resolve.ts';
import { ident } from '../sql.ts';

export interface Tenant {
  id: string;
  name: string;
}

/** What a row points at, and whose that is. */
export interface Reference {
  columns: string[];
  table: string;
  tenant: string | null;
  /** A column of the reference that may be empty. */
  free: string | undefined;
}

export interface WaitingRow extends Quarantined {
  /** Undefined where the row is not there any more as it was found. */
  references: Reference[] | undefined;
  /** The user to whom the plan says that rows without a tenant stay private. */
  privateTo: string | undefined;
}

export interface Filter {
  table?: string | undefined;
  reason?: string | undefined;
}

export interface Waiting {
  database: string;
  waiting: number;
  decided: number;
  setAside: number;
  /** By table and reason, of all that wait. */
  groups: { table: string; reason: Quarantined['reason']; rows: number }[];
  rows: WaitingRow[];
  /** More rows than these fit the filter. */
  more: number;
  /** Undefined where there are too many to choose from a list. */
  tenants: Tenant[] | undefined;
  /** Of the candidates and references of these rows. */
  names: Map<string, string>;
}

const AT_ONCE = 25;
const TENANTS_IN_A_LIST = 300;

/** The rows that wait for a person, with what there is to know of them. */
export function waitingRows(url: string, { table, reason }: Filter = {}): Promise<Waiting> {
  return reading(url, async (client, decisions) => {
    const { rows: groups } = await client.query<Waiting['groups'][number]>(
      `select table_name as "table", reason, count(*)::int as rows from bulkhead_adopt.quarantine
       where resolved_at is null group by 1, 2 order by 1, 2`,
    );
    const { rows: found } = await client.query<Quarantined & { fit: number }>(
      `select id::float8 as id, table_name as "table", key, line, reason, candidates, count(*) over ()::int as fit
       from bulkhead_adopt.quarantine
       where resolved_at is null and ($1::text is null or table_name = $1) and ($2::text is null or reason = $2)
       order by id limit ${AT_ONCE}`,
      [table ?? null, reason ?? null],
    );
    const columns = (await readCatalog(client)).tables;
    const rows: WaitingRow[] = [];
    for (const { fit: _, ...row } of found) {
      const to = decisions.tables[row.table]?.private_to;
      const user = to === undefined ? null : row.line[to];
      rows.push({
        ...row,
        references: await referencesOf(
          client,
          decisions,
          row,
          (name) => columns.get(row.table)?.columns.find((c) => c.name === name)?.required ?? true,
        ),
        privateTo: user === null || user === undefined ? undefined : String(user),
      });
    }
    const [about] = (
      await client.query<Pick<Waiting, 'database' | 'waiting' | 'decided' | 'setAside'>>(`
        select current_database() as database,
          (select count(*)::int from bulkhead_adopt.quarantine where resolved_at is null) as waiting,
          (select count(*)::int from bulkhead_adopt.quarantine where resolution <> 'no longer so') as decided,
          (select count(*)::int from bulkhead_adopt.set_aside where restored_at is null) as "setAside"`)
    ).rows;
    const mentioned = rows.flatMap((row) => [...row.candidates, ...(row.references ?? []).map(({ tenant }) => tenant)]);
    const tenants = await tenantsOf(client, decisions);
    return {
      ...about!,
      groups,
      rows,
      more: (found[0]?.fit ?? 0) - found.length,
      tenants,
      names: await namesOf(
        client,
        decisions,
        mentioned.filter((id) => id !== null),
      ),
    };
  });
}

/** The rows that were taken out, the latest first, and what was decided lately. */
export function pastDecisions(url: string) {
  return reading(url, async (client) => ({
    asides: (
      await client.query<SetAside>(
        `select id::float8 as id, table_name as "table", line, reason, twin from bulkhead_adopt.set_aside
         where restored_at is null order by id desc limit 100`,
      )
    ).rows,
    decided: (
      await client.query<{ table: string; key: Record<string, string>; reason: string; resolution: string; at: Date }>(
        `select table_name as "table", key, reason, resolution, resolved_at as at from bulkhead_adopt.quarantine
         where resolution <> 'no longer so' order by resolved_at desc limit 100`,
      )
    ).rows,
  }));
}

async function reading<T>(url: string, work: (client: Client, decisions: Decisions) => Promise<T>): Promise<T> {
  const client = await connectMigrator(url);
  try {
    const plan = await planUnderWay(client);
    if (!plan) throw new Error('No adoption of this database is under way.');
    await client.query('begin transaction isolation level repeatable read read only');
    return await work(client, plan.decisions);
  } finally {
    await client.end();
  }
}

async function referencesOf(
  client: Client,
  decisions: Decisions,
  { table, key }: Quarantined,
  isRequired: (column: string) => boolean,
): Promise<Reference[] | undefined> {
  const paths = (decisions.tables[table]?.paths ?? []).filter((path) => !path.reverse);
  const { rows: places } = await client.query<{ place: string }>('select bulkhead_adopt.found_by($1) as place', [
    JSON.stringify(key),
  ]);
  const where = places[0]!.place;
  const { rowCount } = await client.query(`select from ${table} t where ${where}`);
  if (rowCount !== 1) return undefined;
  const references: Reference[] = [];
  for (const path of paths) {
    const { rows } = await client.query<{ tenant: string | null }>(
      `select p.${tenantOf(decisions, path.table)}::text as tenant from ${table} t join ${path.table} p on ${joined(path, 't')} where ${where} limit 1`,
    );
    const [there] = rows;
    if (!there) continue;
    references.push({
      columns: path.columns,
      table: path.table,
      tenant: there.tenant,
      free: path.columns.find((name) => !isRequired(name)),
    });
  }
  return references;
}

async function tenantsOf(client: Client, decisions: Decisions): Promise<Tenant[] | undefined> {
  const { table, key } = decisions.tenant;
  const { rows } = await client.query<Tenant>(
    `select t.${ident(key)}::text as id, ${await nameOf(client, decisions)} as name from ${table} t order by 2, 1 limit ${TENANTS_IN_A_LIST + 1}`,
  );
  return rows.length > TENANTS_IN_A_LIST ? undefined : rows;
}

async function namesOf(client: Client, decisions: Decisions, ids: string[]): Promise<Map<string, string>> {
  const { table, key } = decisions.tenant;
  const { rows } = await client.query<Tenant>(
    `select t.${ident(key)}::text as id, ${await nameOf(client, decisions)} as name from ${table} t where t.${ident(key)}::text = any ($1)`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What people call a tenant, as an expression over the row t; its key where its table has no such column. */
async function nameOf(client: Client, { tenant }: Decisions): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and not attisdropped and attname = any ($2)
     order by array_position($2, attname::text) limit 1`,
    [tenant.table, ['name', 'title', 'display_name', 'company_name', 'slug', 'domain', 'subdomain']],
  );
  const key = `t.${ident(tenant.key)}::text`;
  return rows[0] ? `coalesce(nullif(t.${ident(rows[0].name)}::text, ''), ${key})` : key;
}
