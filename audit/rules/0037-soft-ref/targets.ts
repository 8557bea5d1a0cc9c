import type { Auditor } from '../../rule.ts';

/** A table whose rows are named by one uuid. */
export interface Target {
  name: string;
  /** The column of the id and that of the tenant, quoted. */
  id: string;
  tenant: string;
  type: string;
  visible: boolean;
  /** Whether an index finds a row by its id alone. */
  byId: boolean;
  /** The tables that hold its rows, as SQL, with their pages. */
  leaves: { name: string; pages: number }[];
}

export const targetsOf = ({ facts }: Auditor): Promise<Target[]> =>
  facts<Target>(`
    select found.name, quote_ident(a.attname) as id, quote_ident(found.tenant) as tenant, found.type, found.visible,
      exists (select from pg_index i where i.indrelid = found.oid and i.indkey[0] = a.attnum and i.indisvalid and i.indpred is null) as "byId",
      (select json_agg(json_build_object('name', format('%I.%I', n.nspname, c.relname),
          'pages', pg_relation_size(c.oid) / current_setting('block_size')::int))
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and (c.oid = found.oid or c.oid in (select relid from pg_partition_tree(found.oid) where isleaf))) as leaves
    from (
      select o.oid, o.name, o.tenant_name as tenant, o.tenant_sql as type, o.visible, (array_remove(k.conkey, o.tenant))[1] as id
      from owned o join pg_constraint k on k.conrelid = o.oid and k.contype = 'p'
      where cardinality(array_remove(k.conkey, o.tenant)) = 1
      union all
      select t.oid, t.name, tenant_key::name, format_type(k.atttypid, k.atttypmod), t.visible, k.attnum
      from tables t cross join subject
      join pg_attribute k on k.attrelid = t.oid and k.attname = tenant_key and not k.attisdropped
      where t.is_tenants
    ) found
    join pg_attribute a on a.attrelid = found.oid and a.attnum = found.id and a.atttypid = 'uuid'::regtype
    order by 1`);
