import type { AuditConfig } from '../config.ts';
import type { Understanding } from '../result.ts';
import type { Catalog } from './catalog.ts';
import { bindingOf } from './policy.ts';

export interface Tenants {
  column: string;
  /** Empty where no table has a row for each tenant. */
  table: string;
  key: string;
  /** Tables whose tenant stands in another column. */
  columns: Record<string, string>;
}

interface Candidate {
  column: string;
  /** The table that it points at; empty where no foreign key says. */
  table: string;
  key: string;
  tables: Set<string>;
  /** Policies that compare it with the context. */
  policies: number;
}

const ids = /^(uuid|bigint|integer|smallint|text|character varying|character|citext|\w+\.citext)$/;
const named = /tenant|compan|organi[sz]ation|(^|_)orgs?(_|$)|account|workspace|customer|client|shop|store|school|team/i;

/**
 * The column that tells a row's tenant and the table of the tenants, from policies, foreign keys and how often a column
 * comes back.
 * @throws where several would do, or none: then a person has to say
 */
export function findTenants(
  catalog: Catalog,
  { tenant = {} }: AuditConfig,
  say: (note: Understanding) => void,
): Tenants {
  const column = tenant.column ?? chosen(candidatesOf(catalog), tenant.table, say).column;
  const here = new Set(catalog.columns.filter(({ name }) => name === column).map(({ table }) => table));
  if (here.size === 0 && !tenant.columns) throw new Error(`No table has a column ${column}.`);
  const keys = catalog.edges.filter((edge) => here.has(edge.child) && target(edge, column) !== undefined);
  const table =
    qualified(catalog, tenant.table) ??
    mostFrequent(keys.filter(({ columns }) => columns.length === 1).map(({ parent }) => parent)) ??
    '';
  const key =
    tenant.key ??
    mostFrequent(keys.filter(({ parent }) => parent === table).map((edge) => target(edge, column))) ??
    'id';
  const columns = { ...tenant.columns };
  for (const { name } of catalog.tables) {
    if (here.has(name) || columns[name] !== undefined || name === table || table === '') continue;
    const [only, ...others] = catalog.edges.filter(
      ({ child, parent, columns: of }) => child === name && parent === table && of.length === 1,
    );
    if (only === undefined) continue;
    if (others.length > 0) {
      const several = [only, ...others].map((edge) => edge.columns[0]).join(', ');
      say({
        about: 'tenants',
        how: 'ambiguous',
        what: `${name} points at ${table} by ${several}: say in tenant.columns which is its tenant`,
      });
    } else {
      columns[name] = only.columns[0] as string;
      say({
        about: 'tenants',
        how: 'found',
        what: `the tenant of ${name} stands in ${only.columns[0]}, by its foreign key`,
      });
    }
  }
  if (tenant.column)
    say({
      about: 'tenants',
      how: 'given',
      what: `the tenant's column is ${column}, which ${here.size} of ${catalog.tables.length} tables have`,
    });
  if (table !== '')
    say({
      about: 'tenants',
      how: tenant.table ? 'given' : 'found',
      what: `the tenants are the rows of ${table}, by its ${key}`,
    });
  else
    say({
      about: 'tenants',
      how: 'unknown',
      what: `no foreign key leads from ${column} to a table of tenants: whether a tenant exists cannot be checked`,
    });
  return { column, table, key, columns };
}

function chosen(candidates: Candidate[], table: string | undefined, say: (note: Understanding) => void): Candidate {
  const ask = 'Name it with --tenant-column, or as tenant.column in bulkhead.audit.json.';
  const list = candidates.filter(
    (one) => table === undefined || one.table === table || one.table.endsWith(`.${table}`),
  );
  const [best, next] = list;
  if (best === undefined) throw new Error(`No column was found that could tell a row's tenant. ${ask}`);
  const because = (one: Candidate) =>
    [
      `${one.tables.size} tables have it`,
      ...(one.table === '' ? [] : [`its foreign keys lead to ${one.table}`]),
      ...(one.policies === 0 ? [] : [`${one.policies} policies compare it with the context`]),
    ].join(', ');
  if (next !== undefined && next.policies === best.policies && next.tables.size * 5 >= best.tables.size * 4) {
    const several = [best, next].map((one) => `${one.column} (${because(one)})`).join(' or ');
    throw new Error(`A row's tenant could stand in ${several}. ${ask}`);
  }
  say({ about: 'tenants', how: 'found', what: `the tenant's column is ${best.column}: ${because(best)}` });
  return best;
}

/** Best first: what policies compare, then what more tables have. */
function candidatesOf({ tables, columns, edges, policies }: Catalog): Candidate[] {
  const found = new Map<string, Candidate>();
  const having = (column: string) => new Set(columns.filter(({ name }) => name === column).map(({ table }) => table));
  for (const {
    columns: [column],
    targets: [key],
    parent,
    columns: all,
  } of edges) {
    if (all.length !== 1 || column === undefined || found.has(column)) continue;
    const uses = edges.filter(
      ({ columns: of, parent: to }) => of.length === 1 && of[0] === column && to === parent,
    ).length;
    if (uses < 2 && tables.length > 2) continue;
    found.set(column, { column, table: parent, key: key ?? 'id', tables: having(column), policies: 0 });
  }
  for (const { name, type } of columns) {
    const lone =
      !found.has(name) &&
      ids.test(type) &&
      name !== 'id' &&
      !edges.some(({ columns: of }) => of.length === 1 && of[0] === name);
    if (lone) found.set(name, { column: name, table: '', key: 'id', tables: having(name), policies: 0 });
  }
  for (const one of found.values()) {
    one.policies = policies.filter(
      ({ table, using, check }) => one.tables.has(table) && bindingOf(using ?? check, one.column).binds === 'yes',
    ).length;
  }
  const dominated = ({ table, tables: mine, policies: compared }: Candidate) =>
    // Users have a tenant themselves: what points at them tells the owner of a row.
    table !== '' &&
    compared === 0 &&
    [...found.values()].some(
      (other) =>
        other.table !== '' &&
        other.table !== table &&
        other.tables.has(table) &&
        !mine.has(other.table) &&
        other.tables.size >= 2,
    );
  return [...found.values()]
    .filter(
      (one) =>
        one.policies > 0 || (one.table !== '' ? !dominated(one) : named.test(one.column) && one.tables.size >= 2),
    )
    .sort(
      (a, b) =>
        b.policies - a.policies || Number(b.table !== '') - Number(a.table !== '') || b.tables.size - a.tables.size,
    );
}

function target({ columns, targets }: Catalog['edges'][number], column: string): string | undefined {
  const at = columns.indexOf(column);
  return at < 0 ? undefined : targets[at];
}

export function qualified({ tables }: Catalog, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const found = tables.filter((table) => table.name === name || table.name.endsWith(`.${name}`));
  if (found.length === 1) return found[0]?.name;
  throw new Error(
    found.length === 0 ? `There is no table ${name}.` : `Several tables are called ${name}: write schema.${name}.`,
  );
}

export function mostFrequent<T>(values: (T | undefined)[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
