import type { ClientBase } from 'pg';
import { posture } from './inspect.ts';
import type { AuditResult, Distribution } from './result.ts';
import { auditorOf, type Subject } from './rule.ts';

/** Tables that hold more are sampled. */
const COUNTED = 2_000_000;
/** Rows that a sample reads, about. */
const SAMPLE = 200_000;
const TENANTS = 1_000;
/** Milliseconds that the count of one table may take. */
const TIMEOUT = 20_000;

/**
 * How the rows of each table are spread over the tenants. Bounded: a large table is sampled and its figures are scaled up, a table tells of its
 * thousand largest tenants, and of one that could not be counted it is said why.
 */
export async function distributionOf(
  client: ClientBase,
  subject: Subject,
  { timeout = TIMEOUT, onTable }: { timeout?: number; onTable?: (table: string) => void } = {},
): Promise<Required<Pick<AuditResult, 'distribution' | 'tenantNames'>>> {
  await client.query(`begin; ${posture(client, subject, { timeout })}`);
  try {
    return { distribution: await rowsOf(client, subject, onTable), tenantNames: await namesOf(client, subject) };
  } finally {
    await client.query('rollback');
  }
}

async function rowsOf(
  client: ClientBase,
  subject: Subject,
  onTable: (table: string) => void = () => undefined,
): Promise<Distribution[]> {
  const auditor = await auditorOf(client, subject);
  const tables = await auditor.facts<{ table: string; column: string; estimate: string; pages: string }>(`
    select o.name as table, a.attname as column, sum(greatest(c.reltuples, 0))::bigint as estimate, sum(c.relpages)::bigint as pages
    from owned o
    join pg_attribute a on a.attrelid = o.oid and a.attnum = o.tenant
    join lateral (select o.oid as relid union all select t.relid from pg_partition_tree(o.oid) t where t.relid <> o.oid) leaf on true
    join pg_class c on c.oid = leaf.relid
    group by 1, 2
    order by 1`);
  const distribution: Distribution[] = [];
  for (const { table, column, estimate, pages } of tables) {
    onTable(table);
    const large = Number(estimate) > COUNTED && Number(pages) > 0;
    const percent = large ? Math.max(0.001, (100 * SAMPLE) / Number(estimate)) : 100;
    const tenant = client.escapeIdentifier(column);
    await client.query('savepoint counting');
    try {
      const { rows } = await client.query<{ tenant: string; count: string }>(`
        select coalesce(${tenant}::text, '') as tenant, count(*) as count
        from ${table}${large ? ` tablesample system (${percent})` : ''}
        group by 1 order by 2 desc, 1 limit ${TENANTS + 1}`);
      const counts = rows
        .slice(0, TENANTS)
        .map((row) => [row.tenant, Math.round((Number(row.count) * 100) / percent)] as const);
      distribution.push({
        table,
        rows: Object.fromEntries(counts),
        ...(large ? { estimated: true } : {}),
        ...(rows.length > TENANTS ? { cut: true } : {}),
      });
      await client.query('release savepoint counting');
    } catch (error) {
      await client.query('rollback to savepoint counting');
      distribution.push({ table, rows: {}, uncounted: whyNot(error) });
    }
  }
  return distribution;
}

/** Told to companies too, so that nothing of the error's own text is. */
function whyNot(error: unknown): string {
  switch ((error as { code?: string }).code) {
    case '57014':
      return 'counting took too long';
    case '55P03':
      return 'another transaction held a lock on it';
    case '42501':
      return 'the auditor may not see all its rows';
    default:
      return 'counting failed';
  }
}

/** Names of tenants, where their table has a column that looks like one. */
async function namesOf(client: ClientBase, subject: Subject): Promise<Record<string, string>> {
  const auditor = await auditorOf(client, subject);
  const [found] = await auditor.facts<{ table: string; key: string; column: string }>(`
    select t.name as table, tenant_key as key, a.attname as column
    from tables t
    cross join subject
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    where t.is_tenants and a.attname in ('name', 'title', 'slug')
      and exists (select from pg_attribute k where k.attrelid = t.oid and k.attname = tenant_key and not k.attisdropped)
    order by array_position(array['name', 'title', 'slug']::name[], a.attname)
    limit 1`);
  if (!found) return {};
  const { rows } = await client.query<{ id: string; name: string }>(
    `select ${client.escapeIdentifier(found.key)}::text as id, ${client.escapeIdentifier(found.column)}::text as name from ${found.table} order by 1 limit ${TENANTS}`,
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
