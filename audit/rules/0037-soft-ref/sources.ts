import type { Auditor } from '../../rule.ts';
import { shapeOf } from '../../shape.ts';

export interface Source {
  table: string;
  tenant: string;
  visible: boolean;
  /** Quoted columns without a foreign key whose values could hold an id. */
  columns: string[];
}

export interface Mention {
  table: string;
  column: string;
  tenant: string;
  id: string;
}

/** So many rows of a table are read for ids. */
const enough = 10_000;
const uuid = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';

/** Columns that could hold ids, by their types: uuid, text, json and arrays of these; whatever they are called. */
export const sources = ({ facts }: Auditor): Promise<Source[]> =>
  facts<Source>(`
    select o.name as table, quote_ident(o.tenant_name) as tenant, o.visible, array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from owned o
    cross join subject
    join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped and a.attnum <> o.tenant
    join pg_type t on t.oid = a.atttypid
    where coalesce((select e.typname from pg_type e where e.oid = t.typelem and t.typcategory = 'A'), t.typname) in ('uuid', 'text', 'varchar', 'bpchar', 'citext', 'json', 'jsonb')
      -- A log keeps what was, also what has been mended since.
      and not s -> 'appendOnly' ? o.relname
      and not exists (select from pg_constraint k where k.conrelid = o.oid and k.contype in ('f', 'p') and a.attnum = any (k.conkey))
    group by 1, 2, 3
    order by 1`);

/** Every id that a table's rows name, each once for a tenant and a column. */
export async function mentionsIn(
  auditor: Auditor,
  { table, tenant, columns, visible }: Source,
): Promise<{ mentions: Mention[]; gap?: string }> {
  if (!visible) return { mentions: [], gap: `${table} is hidden from the auditor` };
  const { rows: size } = await shapeOf(auditor, table);
  const percent = size > enough ? (enough / size) * 100 : 100;
  const texts = columns.map((column) => `(${auditor.client.escapeLiteral(column)}, t.${column}::text)`).join(', ');
  const { rows } = await auditor.client.query<Mention>(
    `
    select distinct $1 as table, v.name as column, t.${tenant}::text as tenant, lower(found[1]) as id
    from (select * from ${table} ${percent < 100 ? `tablesample system (${percent})` : ''} limit ${enough}) t
    cross join lateral (values ${texts}) v (name, value)
    cross join lateral regexp_matches(v.value, '${uuid}', 'g') found
    where t.${tenant} is not null`,
    [table],
  );
  await auditor.breathe?.();
  return {
    mentions: rows,
    ...(percent < 100 ? { gap: `${table}: ids in about ${enough} of about ${size} rows` } : {}),
  };
}
