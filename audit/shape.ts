import type { Auditor } from './rule.ts';

export interface Shape {
  /** The primary key's columns, quoted; none where there is no such key. */
  key: { name: string; type: string }[];
  /** About how many rows there are. */
  rows: number;
}

const known = new WeakMap<Auditor, Promise<Map<string, Shape>>>();

/** How large a table is and by which key it can be walked, read once for all tables of an audit. */
export async function shapeOf(auditor: Auditor, table: string): Promise<Shape> {
  let shapes = known.get(auditor);
  if (shapes === undefined) {
    shapes = readShapes(auditor);
    known.set(auditor, shapes);
  }
  return (await shapes).get(table) ?? { key: [], rows: 0 };
}

async function readShapes({ facts }: Auditor): Promise<Map<string, Shape>> {
  const rows = await facts<Shape & { name: string }>(`
    select t.name, coalesce((
        select json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod)) order by u.i)
        from pg_constraint k, unnest(k.conkey) with ordinality u (x, i)
        join pg_attribute a on a.attnum = u.x and a.attrelid = t.oid
        where k.conrelid = t.oid and k.contype = 'p' and a.attrelid = t.oid), '[]') as key,
      -- A table that was never analysed tells its size only.
      (select coalesce(sum(case when l.reltuples > 0 then l.reltuples else l.relpages::float8 * 60 + pg_relation_size(l.oid) / 200 end), 0)
       from pg_class l
       where l.oid = t.oid or l.oid in (select relid from pg_partition_tree(t.oid) where isleaf))::float8 as rows
    from tables t`);
  return new Map(rows.map(({ name, key, rows: count }) => [name, { key, rows: Math.round(count) }]));
}
