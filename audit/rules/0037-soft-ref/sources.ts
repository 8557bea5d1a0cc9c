import type { Auditor } from '../../rule.ts';

export interface Source {
  table: string;
  tenant: string;
  visible: boolean;
  /** Columns without a foreign key whose values could hold an id, quoted; those that are ids need not be searched. */
  columns: { name: string; uuid: boolean }[];
}

/**
 * Columns that could hold ids, by their types: uuid, text, json and arrays of these; whatever they are called. Of Bulkhead
 * only uuids: an id that somebody typed into a note is no reference, and would let anybody turn every company's report red,
 * and read there whether another company's row exists.
 */
export const sources = ({ facts }: Auditor): Promise<Source[]> =>
  facts<Source>(`
    select o.name as table, quote_ident(o.tenant_name) as tenant, o.visible,
      json_agg(json_build_object('name', quote_ident(a.attname), 'uuid', t.typname = 'uuid') order by a.attnum) as columns
    from owned o
    cross join subject
    join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped and a.attnum <> o.tenant
    join pg_type t on t.oid = a.atttypid
    where coalesce((select e.typname from pg_type e where e.oid = t.typelem and t.typcategory = 'A'), t.typname)
        = any (case when house then '{uuid}' else '{uuid,text,varchar,bpchar,citext,json,jsonb,hstore}' end::text[])
      -- A log keeps what was, also what has been mended since.
      and not s -> 'appendOnly' ? o.relname
      and not exists (select from pg_constraint k where k.conrelid = o.oid and k.contype in ('f', 'p') and a.attnum = any (k.conkey))
    group by 1, 2, 3
    order by 1`);
