import type { Catalog, Table } from './catalog.ts';
import { tenantOf } from './classify.ts';
import type { Decisions, Path } from './plan.ts';
import { ident, operator } from './sql.ts';

/**
 * The query of the distinct tenants that a row's paths lead to, undefined where it has none. A row that points at a
 * tenant directly, by another column, has that as a candidate; so has one with a tenant of its own where `own` is asked for.
 */
export function candidates(
  catalog: Catalog,
  decisions: Decisions,
  table: Table,
  { of, reverse = true, own = false }: { of: string; reverse?: boolean; own?: boolean },
): string | undefined {
  const { tenant, tables } = decisions;
  const ways = (tables[table.name]!.paths ?? [])
    .filter((path) => reverse || !path.reverse)
    .map((path) => {
      const leads = tenantOf(decisions, path.table);
      const there = catalog.tables.get(path.table);
      if (!there) throw new Error(`A path of ${table.name} leads to ${path.table}, which is not there.`);
      return `select p.${leads} from ${path.table} p where ${joined(path, of)} and p.${leads} is not null`;
    });
  if (ways.length === 0) return own ? `select ${of}.${ident(tenant.column)}` : undefined;
  if (own) ways.push(`select ${of}.${ident(tenant.column)} where ${of}.${ident(tenant.column)} is not null`);
  // One way may find the same tenant in many rows.
  return ways.length === 1 ? ways[0]!.replace(/^select /, 'select distinct ') : ways.join('\nunion ');
}

/** What joins the row `of` with the row `to` of the path's other table. */
export const joined = ({ columns, key, operators = [] }: Path, of: string, to = 'p'): string =>
  columns.map((name, i) => `${to}.${ident(key[i]!)} ${operator('=', operators[i])} ${of}.${ident(name)}`).join(' and ');
