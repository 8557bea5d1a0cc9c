import { type Catalog, type ForeignKey, operatorsOf } from './catalog.ts';
import type { Decisions, Path, TableDecision, UniqueKey } from './plan.ts';
import { bare, ident } from './sql.ts';

export interface Answers {
  /** The table whose rows are the tenants; found where only one has a tenant's name. */
  tenantTable?: string;
  /** The column that tells the tenant. By default that by which most tables point at the tenants. */
  column?: string;
  appRole?: string;
  /** Tables that are shared by all, and those that belong to a tenant though no foreign key says so. */
  global?: string[];
  tenant?: string[];
  /** Unique keys, by the names of their indexes, that stay unique over all tenants. */
  globalKeys?: string[];
  /** Table to the column with the user to whom its rows without a tenant stay private. */
  privateTo?: Record<string, string>;
  /** Table to keys that it may have only once in a tenant from now on. */
  newUnique?: Record<string, string[][]>;
}

const tenantNames = [
  'companies',
  'company',
  'organizations',
  'organisations',
  'organization',
  'tenants',
  'tenant',
  'workspaces',
  'accounts',
  'customers',
];

/** Decides what it can from the foreign keys; what has no way to a tenant is left to a person, as `ask`. */
export function classify(catalog: Catalog, answers: Answers = {}): Decisions {
  const tenants = findTenants(catalog, answers.tenantTable);
  const key = tenants.key[0]!;
  const column =
    answers.column ??
    usualColumn(catalog, tenants.name) ??
    `${bare(tenants.name).replace(/ies$/, 'y').replace(/s$/, '')}_id`;
  const type = tenants.columns.find(({ name }) => name === key)!.type;
  const named = (list: string[] = []) => new Set(list.map((name) => findTable(catalog, name)));
  const [global, owned] = [named(answers.global), named(answers.tenant)];
  const tables: Decisions['tables'] = { [tenants.name]: { class: 'tenants', why: 'each of its rows is a tenant' } };
  const has = (name: string) => catalog.tables.get(name)!.columns.some((c) => c.name === column);
  for (const name of catalog.tables.keys()) {
    if (name === tenants.name) continue;
    if (global.has(name)) tables[name] = { class: 'global', why: 'so it was answered' };
    else if (has(name)) tables[name] = { class: 'tenant', why: `it has ${column}` };
    else if (owned.has(name)) tables[name] = { class: 'tenant', why: 'so it was answered' };
  }
  const leads = ({ parent }: ForeignKey) => parent === tenants.name || tables[parent]?.class === 'tenant';
  for (let grown = true; grown; ) {
    grown = false;
    for (const edge of catalog.foreignKeys) {
      if (tables[edge.child] || !leads(edge)) continue;
      tables[edge.child] = { class: 'tenant', why: `${edge.columns.join(', ')} leads to ${edge.parent}` };
      grown = true;
    }
  }
  const roots = [...catalog.tables.keys()].filter((name) => !tables[name]);
  for (const name of roots) tables[name] = { class: 'ask', why: question(catalog, name) };
  for (const [name, table] of Object.entries(tables)) {
    if (table.class !== 'tenant') continue;
    table.paths = pathsOf(catalog, name, tables, column, tenants.name);
    table.unique = uniquesOf(catalog, name, column, new Set(answers.globalKeys));
  }
  for (const [name, to] of Object.entries(answers.privateTo ?? {})) tables[findTable(catalog, name)]!.private_to = to;
  for (const [name, keys] of Object.entries(answers.newUnique ?? {}))
    tables[findTable(catalog, name)]!.new_unique = keys;
  return {
    tenant: {
      table: tenants.name,
      key,
      type,
      column,
      schema: 'app',
      setting: `app.${column}`,
      user_setting: 'app.user_id',
    },
    app_role: answers.appRole ?? `${catalog.database}_app`,
    tables: Object.fromEntries(Object.entries(tables).sort(([a], [b]) => a.localeCompare(b))),
  };
}

function findTenants(catalog: Catalog, given?: string) {
  const names =
    given !== undefined
      ? [findTable(catalog, given)]
      : [...catalog.tables.keys()].filter((name) => tenantNames.includes(bare(name)));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new Error(
      `Which table's rows are the tenants? ${names.length > 1 ? `${names.join(' and ')} could be` : 'None has a usual name'}: say it with --tenant-table.`,
    );
  }
  const table = catalog.tables.get(name)!;
  if (table.key.length !== 1)
    throw new Error(`${name} needs a primary key of one column to be the table of the tenants.`);
  return table;
}

/** The column by which most tables point at the tenants. */
function usualColumn(catalog: Catalog, tenants: string): string | undefined {
  const counts = new Map<string, number>();
  for (const { parent, columns } of catalog.foreignKeys) {
    if (parent === tenants) counts.set(columns[0]!, (counts.get(columns[0]!) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The table that a person means, with or without its schema and quotes. */
export function findTable(catalog: Catalog, given: string): string {
  const fits = [...catalog.tables.keys()].filter((name) =>
    [name, bare(name), name.replaceAll('"', '')].includes(given),
  );
  if (fits.length === 1) return fits[0]!;
  throw new Error(fits.length === 0 ? `There is no table ${given}.` : `${given} could be ${fits.join(' or ')}.`);
}

function question(catalog: Catalog, name: string): string {
  const users = catalog.foreignKeys.filter(({ parent }) => parent === name).map(({ child }) => child);
  const seen = users.length > 0 ? `${[...new Set(users)].join(', ')} point at it` : 'nothing points at it';
  return `no foreign key leads from it to a tenant; ${seen}.${ASKED}`;
}

const ASKED = ' Do its rows belong to one tenant each (tenant), or to all (global)?';

/** The decisions without the questions that were answered: what a table was classed by is told in reports, too. */
export function answered(decisions: Decisions): Decisions {
  const tables = Object.entries(decisions.tables).map(([name, table]) => {
    const open = table.class === 'ask' || !table.why.endsWith(ASKED);
    return [name, open ? table : { ...table, why: `${table.why.slice(0, -ASKED.length)} It was decided by hand.` }];
  });
  return { ...decisions, tables: Object.fromEntries(tables) as Decisions['tables'] };
}

function pathsOf(
  catalog: Catalog,
  name: string,
  tables: Record<string, TableDecision>,
  column: string,
  tenants: string,
): Path[] {
  const table = catalog.tables.get(name)!;
  const forward = catalog.foreignKeys.filter(
    ({ child, parent, columns }) =>
      child === name &&
      (parent === tenants || tables[parent]?.class === 'tenant') &&
      !columns.every((c) => c === column),
  );
  const paths: Path[] = forward.map(({ columns, parent, key }) => ({
    columns,
    table: parent,
    key,
    ...comparedBy(catalog, parent, key),
  }));
  const required = forward.some(
    ({ columns, parent }) =>
      parent !== name && columns.every((c) => table.columns.some((own) => own.name === c && own.required)),
  );
  if (required) return paths;
  // Rows that need not point at anybody may still be pointed at.
  const backward = catalog.foreignKeys.filter(
    ({ child, parent, indexed }) => parent === name && child !== name && tables[child]?.class === 'tenant' && indexed,
  );
  return [
    ...paths,
    ...backward.map(({ columns, child, key }) => ({
      columns: key,
      table: child,
      key: columns,
      reverse: true,
      ...comparedBy(catalog, name, key),
    })),
  ];
}

/** Keys are compared as the table that is pointed at compares them. */
function comparedBy(catalog: Catalog, parent: string, key: string[]): Pick<Path, 'operators'> {
  const operators = operatorsOf(catalog, parent, key);
  return operators.every((schema) => schema === 'pg_catalog') ? {} : { operators };
}

function uniquesOf(catalog: Catalog, name: string, column: string, global: ReadonlySet<string>): UniqueKey[] {
  return catalog.indexes
    .filter((index) => index.table === name && index.unique && !index.primary && !index.columns.includes(column))
    .map(({ name: index, definition }) => ({ index, definition, scope: global.has(index) ? 'global' : 'tenant' }));
}

/** The expression that tells the tenant of a row of a table. */
export const tenantOf = (decisions: Decisions, table: string): string =>
  ident(table === decisions.tenant.table ? decisions.tenant.key : decisions.tenant.column);
