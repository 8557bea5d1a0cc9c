import type { ClientBase } from 'pg';

export interface Column {
  name: string;
  type: string;
  required: boolean;
  generated: boolean;
  defaulted: boolean;
  /** The schema, quoted, of the operators that compare its values: as its type's order has them, whatever the search path. */
  operators: string;
}

export interface Table {
  /** Quoted, with its schema; so are all names of tables here. */
  name: string;
  schema: string;
  owner: string;
  partitioned: boolean;
  /** Where its rows lie: itself, its partitions, or the tables that inherit from it. */
  leaves: string[];
  columns: Column[];
  key: string[];
  /** As the statistics guess. */
  rows: number;
  rls: boolean;
  forced: boolean;
  triggers: string[];
  sequences: string[];
}

export interface ForeignKey {
  name: string;
  child: string;
  columns: string[];
  parent: string;
  key: string[];
  /** As pg_constraint has them: a, r, c, n, d. */
  onDelete: string;
  onUpdate: string;
  setColumns: string[] | null;
  deferral: string;
  definition: string;
  /** The column of the child leads an index. */
  indexed: boolean;
}

export interface Index {
  name: string;
  schema: string;
  table: string;
  columns: (string | null)[];
  definition: string;
  unique: boolean;
  primary: boolean;
  constraint: string | null;
  constraintDefinition: string | null;
  constraintType: string | null;
}

export interface View {
  name: string;
  materialized: boolean;
  invoker: boolean;
}

/** A right that a role was given by name. */
export interface Grant {
  /** Quoted; with its schema where it lies in one. */
  object: string;
  /** Null where it is on the whole object. */
  column: string | null;
  grantee: string;
  privilege: string;
  grantable: boolean;
  grantor: string;
  ofOwner: boolean;
}

export interface Catalog {
  database: string;
  version: number;
  schemas: string[];
  /** Schemas in which everybody may create objects, quoted, and the roles that own tables there by that right. */
  open: { schema: string; makers: string[] }[];
  roles: string[];
  /** Roles that row-level security does not hold. */
  mighty: string[];
  grants: Grant[];
  tables: Map<string, Table>;
  foreignKeys: ForeignKey[];
  indexes: Index[];
  views: View[];
}

const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'bulkhead_adopt')`;
const noExtension = (cls: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${cls}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
const named = (oid: string) =>
  `(select format('%I.%I', n.nspname, r.relname) from pg_class r join pg_namespace n on n.oid = r.relnamespace where r.oid = ${oid})`;
const columnsOf = (table: string, numbers: string) =>
  `(select json_agg(a.attname order by u.n) from unnest(${numbers}) with ordinality u (x, n) left join pg_attribute a on a.attrelid = ${table} and a.attnum = u.x and a.attnum > 0)`;

/** Only superusers make operator classes, so that what compares by one is theirs or an extension's. */
const comparing = (type: string) => `coalesce((
           select quote_ident(o.nspname) from pg_type y
           join pg_opclass x on x.opcintype = coalesce(nullif(y.typbasetype, 0), y.oid) and x.opcdefault
           join pg_am m on m.oid = x.opcmethod and m.amname = 'btree'
           join pg_amop s on s.amopfamily = x.opcfamily and s.amopstrategy = 3 and s.amoplefttype = x.opcintype and s.amoprighttype = x.opcintype
           join pg_operator e on e.oid = s.amopopr
           join pg_namespace o on o.oid = e.oprnamespace
           where y.oid = ${type}), 'pg_catalog')`;

/** What the database says of itself; partitions count with their parent. */
export async function readCatalog(client: ClientBase): Promise<Catalog> {
  const all = async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows;
  const tables = await all<Table>(`
    with recursive below as (
      select c.oid as top, c.oid, c.relkind from pg_class c
      where c.relkind in ('r', 'p') and not exists (select from pg_inherits i where i.inhrelid = c.oid)
      union all
      select b.top, i.inhrelid, c.relkind from below b join pg_inherits i on i.inhparent = b.oid join pg_class c on c.oid = i.inhrelid
    )
    select format('%I.%I', n.nspname, c.relname) as name, n.nspname as schema, pg_get_userbyid(c.relowner) as owner, c.relkind = 'p' as partitioned,
      (select json_agg(${named('b.oid')} order by b.oid) from below b where b.top = c.oid and b.relkind = 'r') as leaves,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
         'generated', a.attgenerated <> '', 'defaulted', a.atthasdef, 'operators', ${comparing('a.atttypid')}) order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select ${columnsOf('c.oid', 'i.indkey::int2[]')} from pg_index i where i.indrelid = c.oid and i.indisprimary), '[]') as key,
      (select coalesce(sum(greatest(l.reltuples, 0)), 0)::float8 from below b join pg_class l on l.oid = b.oid where b.top = c.oid and b.relkind = 'r') as rows,
      c.relrowsecurity as rls, c.relforcerowsecurity as forced,
      coalesce((select json_agg(g.tgname) from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal), '[]') as triggers,
      coalesce((select json_agg(${named('d.objid')}) from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
        where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid), '[]') as sequences
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${ours} and c.relpersistence <> 't'
      and not exists (select from pg_inherits i where i.inhrelid = c.oid) and ${noExtension('pg_class', 'c.oid')}
    order by 1`);
  const foreignKeys = await all<ForeignKey>(`
    select k.conname as name, ${named('k.conrelid')} as child, ${named('k.confrelid')} as parent,
      ${columnsOf('k.conrelid', 'k.conkey')} as columns, ${columnsOf('k.confrelid', 'k.confkey')} as key,
      k.confdeltype as "onDelete", k.confupdtype as "onUpdate", pg_get_constraintdef(k.oid) as definition,
      ${/* from PostgreSQL 15 */ ''}(select json_agg(a.attname) from jsonb_array_elements_text(nullif(to_jsonb(k) -> 'confdelsetcols', 'null')) s
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = s::int) as "setColumns",
      case when k.condeferrable then ' deferrable' || case when k.condeferred then ' initially deferred' else '' end else '' end as deferral,
      exists (select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1]) as indexed
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and ${ours}
    order by 2, 1`);
  const indexes = await all<Index>(`
    select c.relname as name, n.nspname as schema, ${named('i.indrelid')} as table, ${columnsOf('i.indrelid', 'i.indkey[0 : i.indnkeyatts - 1]')} as columns,
      pg_get_indexdef(i.indexrelid) as definition, i.indisunique as unique, i.indisprimary as primary,
      k.conname as constraint, pg_get_constraintdef(k.oid) as "constraintDefinition", k.contype as "constraintType"
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x') and k.conrelid = i.indrelid
    where ${ours} and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid) and i.indisvalid
    order by 3, 1`);
  const views = await all<View>(`
    select format('%I.%I', n.nspname, c.relname) as name, c.relkind = 'm' as materialized,
      coalesce((select option_value::boolean from pg_options_to_table(c.reloptions) where option_name = 'security_invoker'), false) as invoker
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and ${ours} and ${noExtension('pg_class', 'c.oid')} order by 1`);
  const [about] = await all<Pick<Catalog, 'database' | 'version' | 'schemas' | 'open' | 'roles' | 'mighty'>>(`
    select current_database() as database, current_setting('server_version_num')::int as version,
      (select coalesce(json_agg(json_build_object('schema', quote_ident(n.nspname), 'makers', coalesce((select json_agg(distinct quote_ident(r.rolname))
          from pg_class c join pg_roles r on r.oid = c.relowner where c.relnamespace = n.oid and not r.rolsuper and r.oid <> n.nspowner), '[]'))), '[]')
        from pg_namespace n where ${ours} and exists (select from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
          where a.grantee = 0 and a.privilege_type = 'CREATE')) as open,
      (select json_agg(nspname) from pg_namespace) as schemas, (select json_agg(rolname) from pg_roles) as roles,
      (select json_agg(rolname) from pg_roles where rolsuper or rolbypassrls) as mighty`);
  const grants = await all<Grant>(`
    with given as (
      select format('%I.%I', n.nspname, c.relname) as object, null::name as "column", c.relowner as owner, c.relacl as acl
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours}
      union all
      select format('%I.%I', n.nspname, c.relname), a.attname, c.relowner, a.attacl
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}
      union all
      select quote_ident(n.nspname), null, n.nspowner, n.nspacl from pg_namespace n where ${ours}
    )
    select g.object, g."column", r.rolname as grantee, a.privilege_type as privilege, a.is_grantable as grantable,
      pg_get_userbyid(a.grantor) as grantor, a.grantor = g.owner as "ofOwner"
    from given g cross join lateral aclexplode(g.acl) a join pg_roles r on r.oid = a.grantee
    where g.acl is not null and a.grantee <> g.owner order by 1, 2, 3, 4`);
  return {
    ...about!,
    tables: new Map(tables.map((table) => [table.name, table])),
    foreignKeys,
    indexes,
    views,
    grants,
  };
}

/** The schemas of the operators that compare columns of a table. */
export const operatorsOf = ({ tables }: Catalog, table: string, columns: readonly string[]): string[] =>
  columns.map((name) => tables.get(table)?.columns.find((c) => c.name === name)?.operators ?? 'pg_catalog');
