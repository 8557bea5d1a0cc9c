import type { Index, Table } from '../catalog.ts';
import type { Draft } from '../draft.ts';
import type { Step } from '../plan.ts';
import { bare, ident, idents, short } from '../sql.ts';
import { staysBeside } from './references.ts';

/**
 * An index that leads with the tenant for every table, unique over what foreign keys will point at; and each unique key
 * once more with the tenant in front. All are built beside the running load.
 */
export function keys(draft: Draft): Step[] {
  const { catalog, decisions, owned } = draft;
  const { column } = decisions.tenant;
  return owned.flatMap(({ table, decision }) => {
    const there = catalog.indexes.filter((index) => index.table === table.name);
    const steps: Step[] = [];
    const leading = there.map(({ columns }) => columns);
    for (const columns of referenced(draft, table)) {
      if (there.some((index) => index.unique && same(index.columns, [column, ...columns]))) continue;
      leading.push([column, ...columns]);
      steps.push(
        ...build(
          table,
          `${bare(table.name)}_${column}_${columns.join('_')}_key`,
          `(${idents([column, ...columns])})`,
          true,
        ),
      );
    }
    // Without one, deleting a row that is pointed at reads all rows of the tenant, and before the adoption read all there are.
    for (const edge of pointing(draft, table)) {
      const { columns, parent } = edge;
      const carries = decisions.tables[parent]?.class === 'tenant';
      const stays = carries && staysBeside(edge, catalog);
      // That which stays looks for its columns alone; with these in front the index serves both.
      const key = !carries ? columns : stays ? [...columns, column] : [column, ...columns];
      const sought = stays ? columns : key;
      const finds = (index: (string | null)[]) =>
        index.slice(0, sought.length).every((c) => c !== null && sought.includes(c)) &&
        index.slice(0, sought.length).some((c) => c !== null && columns.includes(c));
      if (leading.some(finds)) continue;
      leading.push(key);
      steps.push(...build(table, `${bare(table.name)}_${key.join('_')}_idx`, `(${idents(key)})`, false));
    }
    if (!leading.some(([first]) => first === column) && !there.some((index) => index.columns[0] === column)) {
      steps.push(...build(table, `${bare(table.name)}_${column}_idx`, `(${idents([column])})`, false));
    }
    for (const columns of decision.new_unique ?? []) {
      if (there.some((index) => index.unique && same(index.columns, [column, ...columns]))) continue;
      steps.push(
        ...build(
          table,
          `${bare(table.name)}_${[column, ...columns].join('_')}_once`,
          `(${idents([column, ...columns])})`,
          true,
        ),
      );
    }
    for (const { index: name, scope } of decision.unique ?? []) {
      if (scope === 'global') continue;
      const index = there.find((each) => each.name === name);
      if (!index) throw new Error(`${table.name} has no unique index ${name}.`);
      steps.push(...rescope(table, index, column));
    }
    return steps;
  });
}

/** The columns, without the tenant, that a composite key must be unique over: the primary key and what others point at. */
export function referenced({ catalog, decisions }: Draft, table: Table): string[][] {
  const { column } = decisions.tenant;
  const pointed = catalog.foreignKeys
    .filter(({ parent, child }) => parent === table.name && decisions.tables[child]?.class === 'tenant')
    .map(({ key }) => key);
  const all = [table.key, ...pointed].filter((key) => key.length > 0 && !key.includes(column));
  return all.filter((key, i) => all.findIndex((other) => same(other, key)) === i);
}

/** The foreign keys of a table that will carry the tenant, and those that point at what all share. */
const pointing = ({ catalog, decisions }: Draft, table: Table) =>
  catalog.foreignKeys.filter(
    ({ child, parent, columns }) =>
      child === table.name && parent !== decisions.tenant.table && !columns.includes(decisions.tenant.column),
  );

const same = (a: readonly (string | null)[], b: readonly (string | null)[]) =>
  a.length === b.length && [...a].sort().join() === [...b].sort().join();

function build(table: Table, called: string, rest: string, unique: boolean): Step[] {
  return indexSteps(table, called, `create ${unique ? 'unique ' : ''}index`, rest);
}

/** On a partitioned table an index is built on each partition, and becomes the parent's when all have it. */
function indexSteps(table: Table, called: string, create: string, rest: string): Step[] {
  const name = short(called);
  const of = table.name.slice(0, table.name.length - afterSchema(table.name).length);
  const step = (label: string, done: string[], undo: string[]): Step => ({
    name: label,
    phase: 'keys',
    kind: 'once',
    table: table.name,
    do: done,
    undo,
  });
  if (!table.partitioned) {
    return [
      step(
        `index ${name} of ${table.name}`,
        [`${create} concurrently if not exists ${ident(name)} on ${table.name} ${rest}`],
        [`drop index concurrently if exists ${of}${ident(name)}`],
      ),
    ];
  }
  const parts = table.leaves.map((leaf) => ({
    leaf,
    part: short(`${bare(leaf)}_${name}`),
    at: leaf.slice(0, leaf.length - afterSchema(leaf).length),
  }));
  return [
    ...parts.map(({ leaf, part, at }) =>
      step(
        `index ${part} of ${leaf}`,
        [`${create} concurrently if not exists ${ident(part)} on ${leaf} ${rest}`],
        [`drop index if exists ${at}${ident(part)}`],
      ),
    ),
    // With all partitions at hand nothing is built here.
    step(
      `index ${name} of ${table.name}`,
      [`${create} ${ident(name)} on ${table.name} ${rest}`],
      [`drop index if exists ${of}${ident(name)}`],
    ),
  ];
}

const afterSchema = (table: string): string => /^(?:"(?:[^"]|"")+"|[^.]+)\.(.*)$/.exec(table)![1]!;

/** The same key with the tenant in front. The old one goes with the foreign keys that need it. */
function rescope(table: Table, { name, definition }: Index, column: string): Step[] {
  // Names are skipped as a whole: they may hold whatever would end them otherwise.
  const parts =
    /^CREATE UNIQUE INDEX (?:"(?:[^"]|"")+"|[^\s"]+) ON (?:ONLY )?(?:"(?:[^"]|"")+"|[^\s".]+)(?:\.(?:"(?:[^"]|"")+"|[^\s".]+))? USING (\w+) \((.*)$/s.exec(
      definition,
    );
  if (!parts) throw new Error(`${table.name} has a unique index that cannot be read: ${definition}`);
  return indexSteps(
    table,
    `${name}_in_tenant`,
    'create unique index',
    `using ${parts[1]} (${ident(column)}, ${parts[2]}`,
  );
}
