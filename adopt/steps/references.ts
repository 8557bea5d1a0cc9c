import { type Catalog, type ForeignKey, type Index, operatorsOf, type Table } from '../catalog.ts';
import type { Draft } from '../draft.ts';
import type { Step } from '../plan.ts';
import { bare, ident, idents, operator, short } from '../sql.ts';

const ACTIONS: Record<string, string> = { a: '', r: ' restrict', c: ' cascade', n: ' set null', d: ' set default' };

/**
 * Foreign keys that carry the tenant instead of those that do not, each made not valid, validated beside the load, and
 * checked by a query of our own: under row-level security PostgreSQL may call a key valid that it could not see through.
 */
export function references(draft: Draft): Step[] {
  const { catalog, decisions, owned } = draft;
  const { tenant } = decisions;
  const [own, tenants] = [ident(tenant.column), decisions.tenant.table];
  const steps: Step[] = [];
  const edges = catalog.foreignKeys;
  for (const { table } of owned) {
    const there = edges.some(
      ({ child, parent, columns }) =>
        child === table.name && parent === tenants && columns.length === 1 && columns[0] === tenant.column,
    );
    if (there) continue;
    const name = short(`${bare(table.name)}_${tenant.column}_fkey`);
    steps.push(...add(draft, table, name, [tenant.column], tenants, [tenant.key], ' on delete cascade'));
  }
  for (const edge of edges) {
    const child = owned.find(({ table }) => table.name === edge.child);
    if (!child || decisions.tables[edge.parent]?.class !== 'tenant' || edge.columns.includes(tenant.column)) continue;
    const keeps = staysBeside(edge, catalog);
    const name = short(`${edge.name}_in_tenant`);
    steps.push(
      ...add(
        draft,
        child.table,
        name,
        [tenant.column, ...edge.columns],
        edge.parent,
        [tenant.column, ...edge.key],
        actions(edge, keeps),
      ),
    );
    const whole =
      child.table.partitioned || (catalog.version < 180_000 && catalog.tables.get(edge.parent)!.partitioned);
    if (!keeps) steps.push(...drop(child.table, edge, whole));
  }
  for (const { table, decision } of owned) {
    for (const { index: name, scope } of decision.unique ?? []) {
      const index = catalog.indexes.find((each) => each.table === table.name && each.name === name);
      if (scope === 'tenant' && index) steps.push(...release(table, index, own));
    }
  }
  return steps;
}

/** Before PostgreSQL 15 SET NULL would take the tenant's column too: there the old key stays beside the new, and goes on setting null. */
export const staysBeside = ({ onDelete }: ForeignKey, { version }: Pick<Catalog, 'version'>): boolean =>
  (onDelete === 'n' || onDelete === 'd') && version < 150_000;

function actions({ onDelete, onUpdate, setColumns, columns, deferral }: ForeignKey, keeps: boolean): string {
  const gone = keeps ? '' : ACTIONS[onDelete]!;
  const sets = onDelete === 'n' || onDelete === 'd' ? ` (${idents(setColumns ?? columns)})` : '';
  return `${onUpdate === 'a' ? '' : ` on update${ACTIONS[onUpdate]}`}${gone === '' ? '' : ` on delete${gone}${sets}`}${deferral}`;
}

/** A partitioned table takes no key that is not valid before PostgreSQL 18: its partitions do, and it then takes theirs. */
function add(
  { catalog }: Draft,
  table: Table,
  name: string,
  columns: string[],
  parent: string,
  key: string[],
  rest: string,
): Step[] {
  const says = `add constraint ${ident(name)} foreign key (${idents(columns)}) references ${parent} (${idents(key)})${rest}`;
  const operators = operatorsOf(catalog, parent, key);
  const pairs = columns.map((c, i) => `p.${ident(key[i]!)} ${operator('=', operators[i])} t.${ident(c)}`).join(' and ');
  const check = `select 1 from ${table.name} t where ${columns.map((c) => `t.${ident(c)} is not null`).join(' and ')}
  and not exists (select from ${parent} p where ${pairs}) limit 1`;
  const at = table.partitioned ? table.leaves : [table.name];
  const step = (label: string, done: string, undo: string): Step => ({
    name: label,
    phase: 'references',
    kind: 'once',
    table: table.name,
    do: [done],
    undo: undo === '' ? [] : [undo],
  });
  return [
    ...at.flatMap((leaf) => [
      step(
        `reference ${name} of ${leaf}`,
        `alter table ${leaf} ${says} not valid`,
        `alter table ${leaf} drop constraint if exists ${ident(name)}`,
      ),
      {
        ...step(`validate ${name} of ${leaf}`, `alter table ${leaf} validate constraint ${ident(name)}`, ''),
        ...(table.partitioned ? {} : { check }),
      },
    ]),
    ...(table.partitioned
      ? [
          {
            ...step(
              `reference ${name} of ${table.name}`,
              `alter table ${table.name} ${says}`,
              `alter table ${table.name} drop constraint if exists ${ident(name)}`,
            ),
            check,
          },
        ]
      : []),
  ];
}

/**
 * Taken back in two steps, the second of which reads the table without keeping writers from it; but in one where partitions
 * are at an end of the key, for before PostgreSQL 18 they would stay not valid.
 */
function drop(table: Table, { name, definition }: ForeignKey, whole: boolean): Step[] {
  const again = whole ? definition : `${definition.replace(/ NOT VALID$/, '')} not valid`;
  const valid = !/ NOT VALID$/.test(definition) && !whole;
  return [
    {
      name: `rely on the new key for ${name} of ${table.name}`,
      phase: 'references',
      kind: 'once',
      table: table.name,
      do: [],
      undo: valid ? [`alter table ${table.name} validate constraint ${ident(name)}`] : [],
    },
    {
      name: `drop ${name} of ${table.name}`,
      phase: 'references',
      kind: 'once',
      table: table.name,
      do: [`alter table ${table.name} drop constraint ${ident(name)}`],
      undo: [`alter table ${table.name} add constraint ${ident(name)} ${again}`],
    },
  ];
}

/** As an index's definition begins, up to the word: names are skipped as a whole. */
const ONLY = /^(CREATE UNIQUE INDEX (?:"(?:[^"]|"")+"|[^\s"]+) ON )ONLY /;

/** Drops the unique key over all tenants, now that there is the one within each. */
function release(
  table: Table,
  { name, schema, definition, constraint, constraintDefinition }: Index,
  _own: string,
): Step[] {
  const called = ident(name);
  // ON ONLY, as PostgreSQL writes the index of a partitioned table, would make one that no partition has, and never valid.
  const rebuild = table.partitioned
    ? definition.replace(ONLY, '$1')
    : definition.replace(/^CREATE UNIQUE INDEX /, 'create unique index concurrently if not exists ');
  const deferral = /( DEFERRABLE(?: INITIALLY DEFERRED)?)$/.exec(constraintDefinition ?? '')?.[1] ?? '';
  const base = {
    name: `release ${name} of ${table.name}`,
    phase: 'references',
    kind: 'once',
    table: table.name,
  } as const;
  if (constraint === null) return [{ ...base, do: [`drop index ${ident(schema)}.${called}`], undo: [rebuild] }];
  return [
    {
      ...base,
      do: [`alter table ${table.name} drop constraint ${ident(constraint)}`],
      undo: table.partitioned
        ? [`alter table ${table.name} add constraint ${ident(constraint)} ${constraintDefinition}`]
        : [
            rebuild,
            `alter table ${table.name} add constraint ${ident(constraint)} unique using index ${called}${deferral}`,
          ],
    },
  ];
}
