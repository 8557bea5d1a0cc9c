import { type Catalog, operatorsOf, type Table } from '../catalog.ts';
import { tenantOf } from '../classify.ts';
import type { Draft } from '../draft.ts';
import { inOrder } from '../graph.ts';
import { candidates, joined } from '../paths.ts';
import type { Decisions, Step } from '../plan.ts';
import { contentOf, keyJson, typeOf } from '../rows.ts';
import { ident, literal, operator } from '../sql.ts';

/**
 * Fills the column, those first that others are derived from. Then what stands against it: duplicates under a key that
 * has the tenant in it are set aside; the rest that could not be filled, or contradicts itself, goes to quarantine.
 */
export function backfill(draft: Draft): Step[] {
  const { owned, decisions, catalog } = draft;
  const byName = new Map(owned.map((each) => [each.table.name, each]));
  const needs = new Map(
    owned.map(({ table, decision }) => [table.name, (decision.paths ?? []).map((path) => path.table)]),
  );
  const steps: Step[] = [];
  for (const group of inOrder(needs)) {
    const fills = group.flatMap((name) => {
      const { table, had } = byName.get(name)!;
      return table.leaves.flatMap((leaf) => {
        const sql = fill(catalog, decisions, table, leaf, had);
        return sql === undefined ? [] : [{ leaf, sql }];
      });
    });
    if (fills.length === 0) continue;
    steps.push({
      name: `fill ${group.join(', ')}`,
      phase: 'backfill',
      kind: 'batches',
      do: fills.map(({ sql }) => sql),
      quiet: fills.map(({ leaf }) => leaf),
      undo: group
        .filter((name) => byName.get(name)!.had)
        .map((name) => `select bulkhead_adopt.put_back(${literal(name)}, 'fill')`),
    });
  }
  for (const { table } of owned) {
    const asides = uniqueWithTenant(draft, table).map((columns) => setAside(draft, table, columns));
    if (asides.length === 0) continue;
    steps.push({
      name: `set aside ${table.name}`,
      phase: 'backfill',
      kind: 'once',
      table: table.name,
      do: asides,
      quiet: [table.name],
      undo: [`select bulkhead_adopt.restore_all(${literal(table.name)})`],
    });
  }
  steps.push({
    name: 'quarantine',
    phase: 'backfill',
    kind: 'gate',
    do: owned.map(({ table }) => quarantine(catalog, decisions, table)),
    // Rows that a person set aside come back first: what was decided of others may point at them.
    undo: [
      ...owned.map(({ table }) => `select bulkhead_adopt.restore_all(${literal(table.name)})`),
      ...owned.map(({ table }) => `select bulkhead_adopt.put_back(${literal(table.name)}, 'resolve')`),
    ],
  });
  return steps;
}

/** Sets of columns, without the tenant's, that are or will be unique within a tenant. */
function uniqueWithTenant({ catalog, decisions }: Draft, { name }: Table): string[][] {
  const there = catalog.indexes
    .filter((index) => index.table === name && index.unique && index.columns.includes(decisions.tenant.column))
    .filter(({ columns, definition }) => columns.every((c) => c !== null) && !/ WHERE /.test(definition))
    .map(({ columns }) => columns.filter((c) => c !== decisions.tenant.column) as string[]);
  return [...there, ...(decisions.tables[name]!.new_unique ?? [])];
}

/**
 * One batch: `$1` rows after the key in `$2` and on. Rows that others hold are passed over, and come in the next round: so
 * it waits for nobody, and no transaction of the application can deadlock with it.
 */
function fill(catalog: Catalog, decisions: Decisions, table: Table, leaf: string, had: boolean): string | undefined {
  const ways = candidates(catalog, decisions, table, { of: 'b' });
  if (ways === undefined) return undefined;
  const own = ident(decisions.tenant.column);
  const decision = decisions.tables[table.name]!;
  const equal = (name: string) => operator('=', operatorsOf(catalog, table.name, [name])[0]);
  const keyed = table.key.length > 0;
  const keys = table.key.map(ident);
  const after = keys.map((_, i) => `$${i + 2}::text::${typeOf(table, table.key[i]!)}`);
  const here = keyed
    ? `($2::text is null or ${later(keys, after, operatorsOf(catalog, table.name, table.key))})
  order by ${keys.map((k) => `t.${k}`).join(', ')} limit $1`
    : `t.ctid >= format('(%s,0)', coalesce($2, '0'))::tid and t.ctid < format('(%s,0)', coalesce($2, '0')::bigint + $1)::tid`;
  const twins = uniqueWithTenant({ catalog, decisions, owned: [] }, table);
  const apart = twins
    .map((columns, i) => {
      const same = columns.map((c) => ` and o.${ident(c)} ${equal(c)} f.${ident(c)}`).join('');
      // NULLs are no twins of each other.
      const empty = columns.map((c) => ` or f.${ident(c)} is null`).join('');
      return `\n    and (f.bulkhead_twin_${i} = 1${empty}) and not exists (select from ${table.name} o where o.${own} ${equalTenants(catalog, decisions)} f.bulkhead_candidates[1]${same})`;
    })
    .join('');
  const ranks = twins
    .map(
      (columns, i) =>
        `, row_number() over (partition by x.bulkhead_candidates${columns.map((c) => `, x.${ident(c)}`).join('')} order by x.bulkhead_place) as bulkhead_twin_${i}`,
    )
    .join('');
  const privacy = decision.private_to === undefined ? '' : `, private_to = f.${ident(decision.private_to)}`;
  const order = keyed ? idText(keys, 'w') : 'w.place::text';
  return `with batch as materialized (
  select t.ctid as bulkhead_place, t.* from only ${leaf} t
  where t.${own} is null and ${here}
  ${keyed ? '' : '  '}for no key update of t skip locked
), found as (
  select x.*${ranks} from (select b.*, array(
${ways}
  ) as bulkhead_candidates from batch b) x
), written as (
  update only ${leaf} t set ${own} = f.bulkhead_candidates[1]${privacy} from found f
  where t.ctid = f.bulkhead_place and cardinality(f.bulkhead_candidates) = 1${apart}
  returning ${keyed ? keys.map((k) => `t.${k}`).join(', ') : `t.ctid as place, ${keyJson(table)} as key, ${contentOf()} as content`}, t.${own} as tenant
)${
    had
      ? `, noted as (
  insert into bulkhead_adopt.changes (step, table_name, key, column_name, old_value, content)
  select 'fill', ${literal(table.name)}, ${keyed ? keyJson(table, 'w') : 'w.key'}, ${literal(decisions.tenant.column)}, null, ${keyed ? 'null' : 'w.content'} from written w
)`
      : ''
  }
select (select count(*) from written)::int as written,
  (select md5(string_agg(${order} || '=' || w.tenant::text, ',' order by ${order})) from written w) as checksum,
  ${
    keyed
      ? `(select count(*) from batch) = $1 as more,
  (select json_build_array(${keys.map((k) => `b.${k}::text`).join(', ')}) from batch b order by ${keys.map((k) => `b.${k} desc`).join(', ')} limit 1) as last`
      : `(coalesce($2, '0')::bigint + $1) * current_setting('block_size')::bigint < pg_relation_size(${literal(leaf)}::regclass) as more,
  json_build_array((coalesce($2, '0')::bigint + $1)::text) as last`
  }`;
}

/** How tenants are compared. */
const equalTenants = (catalog: Catalog, { tenant }: Decisions, symbol: '=' | '<>' = '=') =>
  operator(symbol, operatorsOf(catalog, tenant.table, [tenant.key])[0]);

/** The condition that a row's key comes after another, in the order of its index. Operators of several schemas need it spelled out. */
function later(keys: readonly string[], after: readonly string[], schemas: readonly string[]): string {
  if (new Set(schemas).size === 1)
    return `(${keys.map((k) => `t.${k}`).join(', ')}) ${operator('>', schemas[0])} (${after.join(', ')})`;
  const compare = (symbol: '=' | '>' | '>=', i: number) => `t.${keys[i]} ${operator(symbol, schemas[i])} ${after[i]}`;
  const ways = keys.map((_, i) => [...keys.slice(0, i).map((_, j) => compare('=', j)), compare('>', i)].join(' and '));
  return `${compare('>=', 0)} and (${ways.map((way) => `(${way})`).join(' or ')})`;
}

const idText = (keys: string[], of: string) => keys.map((k) => `${of}.${k}::text`).join(` || '/' || `);

/** Rows that would be a second one under a key with the tenant. One that others point at goes to quarantine instead. */
function setAside({ catalog, decisions }: Draft, table: Table, columns: string[]): string {
  const own = ident(decisions.tenant.column);
  const ways = candidates(catalog, decisions, table, { of: 't' });
  const would =
    ways === undefined
      ? `t.${own}`
      : `coalesce(t.${own}, (select c[1] from (select array(${ways})) x (c) where cardinality(c) = 1))`;
  const parts = columns.map((c) => `, t.${ident(c)}`).join('');
  const known = columns.map((c) => ` and t.${ident(c)} is not null`).join('');
  const order = table.key.length > 0 ? table.key.map((k) => `, t.${ident(k)}`).join('') : ', t.ctid';
  const pointers = catalog.foreignKeys
    .filter(({ parent }) => parent === table.name)
    .map(
      ({ child, columns: from, key }) =>
        `\n  and not exists (select from ${child} r where ${from.map((c, i) => `r.${ident(c)} ${operator('=', operatorsOf(catalog, table.name, key)[i])} t.${ident(key[i]!)}`).join(' and ')})`,
    )
    .join('');
  const called = [decisions.tenant.column, ...columns].join(', ');
  return `with doubles as materialized (
  select t.tableoid as leaf, t.ctid as place, w.would::text as tenant, ${keyJson(table)} as key, row_number() over twins as nth,
    first_value(${keyJson(table)}) over twins as twin
  from ${table.name} t cross join lateral (select ${would} as would) w
  where w.would is not null${known}
  window twins as (partition by w.would${parts} order by t.${own} is null${order})
), gone as (
  delete from ${table.name} t using doubles d
  where d.nth > 1 and t.tableoid = d.leaf and t.ctid = d.place${pointers}
  returning d.key, to_json(t) as line, d.twin, d.tenant
)
insert into bulkhead_adopt.set_aside (table_name, key, line, reason, twin, tenant)
select ${literal(table.name)}, key, line, ${literal(`a second row under (${called})`)}, twin, tenant from gone`;
}

/** All rows that have no tenant, or another than what they point at. What is no longer wrong is closed. */
function quarantine(catalog: Catalog, decisions: Decisions, table: Table): string {
  const own = ident(decisions.tenant.column);
  const ways = candidates(catalog, decisions, table, { of: 't' });
  const all = ways === undefined ? `'{}'::text[]` : `array(select c::text from (${ways}) x (c) order by 1)`;
  const forward = (decisions.tables[table.name]!.paths ?? []).filter((path) => !path.reverse);
  const joins = forward.map((path, i) => `left join ${path.table} p${i} on ${joined(path, 't', `p${i}`)}`).join('\n  ');
  const leads = forward.map((path, i) => `p${i}.${tenantOf(decisions, path.table)}`);
  const name = literal(table.name);
  const contradictions =
    forward.length === 0
      ? ''
      : `
  union all
  select ${keyJson(table)}, to_json(t), 'contradiction',
    array(select distinct c::text from unnest(array[t.${own}, ${leads.join(', ')}]) c where c is not null order by 1)
  from ${table.name} t
  ${joins}
  where ${leads.map((lead) => `${lead} ${equalTenants(catalog, decisions, '<>')} t.${own}`).join(' or ')}`;
  return `with wrong as materialized (
  select ${keyJson(table)} as key, to_json(t) as line,
    case cardinality(c.all) when 0 then 'orphan' when 1 then 'duplicate' else 'ambiguous' end as reason, c.all as candidates
  from ${table.name} t cross join lateral (select ${all} as "all") c
  where t.${own} is null${contradictions}
), closed as (
  update bulkhead_adopt.quarantine q set resolved_at = clock_timestamp(), resolution = 'no longer so'
  where q.table_name = ${name} and q.resolved_at is null and not exists (select from wrong w where w.key = q.key)
)
insert into bulkhead_adopt.quarantine (table_name, key, line, reason, candidates)
select distinct on (key) ${name}, key, line, reason, candidates from wrong
on conflict (table_name, key) where resolved_at is null
do update set line = excluded.line, reason = excluded.reason, candidates = excluded.candidates`;
}
