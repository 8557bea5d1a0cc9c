import type { Client } from 'pg';
import { contentOf, countOf } from '../rows.ts';
import { ident, literal } from '../sql.ts';
import { type Check, type Counted, one } from './check.ts';

/**
 * Whether every row is there as it was, or set aside.
 * @param moving differences are told, and are no failure
 */
export async function counts(client: Client, moving: boolean): Promise<{ tables: Counted[]; checks: Check[] }> {
  const checks: Check[] = [];
  const { rows } = await client.query<{ table_name: string; columns: string[]; before: string; sum: string }>(
    'select table_name, columns, rows_before as before, checksum_before as sum from bulkhead_adopt.counts order by 1',
  );
  const tables: Counted[] = [];
  for (const { table_name: table, columns, before, sum } of rows) {
    const now = await one<{ rows: string; checksum: string }>(client, await countAsBefore(client, table, columns));
    const aside = await one<{ rows: string; checksum: string }>(
      client,
      countOf(
        `(select (json_populate_record(null::${table}, line)).* from bulkhead_adopt.set_aside where table_name = ${literal(table)} and restored_at is null)`,
        columns,
      ),
    );
    const same =
      Number(now.rows) + Number(aside.rows) === Number(before) &&
      BigInt(now.checksum) + BigInt(aside.checksum) === BigInt(sum);
    const spare = Number(aside.rows) > 0 ? `, ${aside.rows} set aside` : '';
    if (!same) {
      checks.push({
        name: `nothing lost in ${table}`,
        ok: moving,
        detail: `${before} rows before, ${now.rows} now${spare}; ${moving ? 'the application wrote meanwhile' : 'their contents differ'}`,
      });
    }
    tables.push({
      table,
      before: Number(before),
      after: Number(now.rows),
      setAside: Number(aside.rows),
      perTenant: {},
    });
  }
  checks.push({
    name: 'counts and checksums as before',
    ok: checks.every(({ ok }) => ok),
    detail: `${tables.reduce((sum, { before }) => sum + before, 0)} rows in ${tables.length} tables before, ${tables.reduce((sum, { after }) => sum + after, 0)} now, ${tables.reduce((sum, { setAside }) => sum + setAside, 0)} set aside`,
  });
  return { tables, checks };
}

/** The count of a table with the values that a person had emptied put back, as it was counted before. */
async function countAsBefore(client: Client, table: string, columns: readonly string[]): Promise<string> {
  const { rows: changed } = await client.query<{ name: string; type: string; key: string[] }>(
    `select c.column_name as name, format_type(a.atttypid, a.atttypmod) as type, (select array_agg(k) from jsonb_object_keys((array_agg(c.key))[1]) k) as key
     from bulkhead_adopt.changes c join pg_attribute a on a.attrelid = c.table_name::regclass and a.attname = c.column_name
     where c.table_name = $1 and c.column_name = any ($2) group by 1, 2`,
    [table, columns],
  );
  const [first] = changed;
  if (!first) return countOf(table, columns);
  const were = columns.map((name) => {
    const type = changed.find((one) => one.name === name)?.type;
    if (type === undefined) return `t.${ident(name)}`;
    return `case when jsonb_exists(was.old, ${literal(name)}) then (was.old ->> ${literal(name)})::${type} else t.${ident(name)} end as ${ident(name)}`;
  });
  // Which row was changed is told by its key, and where it has none, by what it holds.
  const keyed = !first.key.includes('ctid');
  const [from, same, known] = keyed
    ? [
        table,
        `jsonb_build_object(${first.key.map((name) => `${literal(name)}, t.${ident(name)}::text`).join(', ')})`,
        'key',
      ]
    : [
        `(select t.*, ${contentOf()} as bulkhead_content, row_number() over (partition by ${contentOf()}) as bulkhead_nth from ${table} t)`,
        `jsonb_build_object('content', t.bulkhead_content, 'nth', t.bulkhead_nth)`,
        `jsonb_build_object('content', content, 'nth', row_number() over (partition by content))`,
      ];
  return countOf(
    `(select ${were.join(', ')} from ${from} t left join (
       select ${known} as same, old from (
         select key, min(content) as content, jsonb_object_agg(column_name, old_value) as old from (
           select distinct on (key, column_name) key, column_name, old_value, content from bulkhead_adopt.changes
           where table_name = ${literal(table)} order by key, column_name, id
         ) first group by key
       ) changed
     ) was on was.same = ${same})`,
    columns,
  );
}
