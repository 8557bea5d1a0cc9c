/**
 * What most rules ask about, as common table expressions in front of their queries; $1 is the subject as JSON.
 *   subject    s, and the names in it that are used most
 *   schemas    schemas that may hold tenants' data
 *   app_roles  roles that serve requests. A superuser has every right there is; rule 12 says so, the others need not
 *   tables     every table, with its kind: company, global or undeclared. Partitions count with their parent
 *   owned      tables that belong to a company
 *   guarded    owned, and the table of the companies itself; tenant_name is the column that tells the company
 *   routines   every function outside extensions
 *   edges      foreign keys from owned tables
 */
export const FACTS = `
with recursive subject as materialized (
  select s, s ->> 'tenantColumn' as tenant_column, s ->> 'tenantFunction' as tenant_function, s ->> 'tenantTable' as tenant_table,
    s -> 'appRoles' ->> 0 as app_role
  from (select $1::jsonb as s) given
),
schemas as (
  select n.oid, n.nspname, n.nspowner from pg_namespace n, subject
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not s -> 'otherSchemas' ? n.nspname
),
app_roles as (
  select r.oid, r.rolname from pg_roles r, subject where s -> 'appRoles' ? r.rolname and not r.rolsuper
),
tables as (
  select c.oid, format('%I.%I', n.nspname, c.relname) as name, c.relname, c.relrowsecurity, c.relforcerowsecurity,
    c.relowner, c.relacl, a.attnum as tenant, a.attnotnull as tenant_required, a.atttypid as tenant_type,
    coalesce(s -> 'tables' ->> c.relname,
      case when s ? 'tables' or a.attnum is null then 'undeclared' else 'company' end) as kind
  from pg_class c
  join schemas n on n.oid = c.relnamespace
  cross join subject
  left join pg_attribute a on a.attrelid = c.oid and a.attname = tenant_column and not a.attisdropped
  where c.relkind in ('r', 'p') and not c.relispartition
    and not exists (select from pg_inherits i where i.inhrelid = c.oid)
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
),
owned as (
  select * from tables where tenant is not null and kind <> 'global'
),
guarded as (
  select oid, name, relname, relrowsecurity, relforcerowsecurity, tenant_column as tenant_name from owned, subject
  union all
  select oid, name, relname, relrowsecurity, relforcerowsecurity, 'id' from tables, subject where relname = tenant_table
),
routines as (
  select p.oid, format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as name, n.nspname,
    case p.prokind when 'p' then 'procedure' else 'function' end as sort, l.lanname, p.proname, p.proowner, p.prosrc,
    p.proacl, p.prosecdef, p.proconfig, p.provolatile, p.proparallel, p.proleakproof, p.prorettype
  from pg_proc p
  join schemas n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  where p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
),
edges as (
  select k.oid, k.conname, c.oid as child, c.name as child_name, p.oid as parent,
    (select format('%I.%I', n.nspname, r.relname) from pg_class r join pg_namespace n on n.oid = r.relnamespace
     where r.oid = k.confrelid) as parent_name,
    p.kind as parent_kind, p.relname as parent_relname, k.conkey, k.confkey, k.confdeltype, k.confdelsetcols,
    exists (select from unnest(k.conkey, k.confkey) u (a, b) where u.a = c.tenant and u.b = p.tenant) as carries_tenant,
    pg_get_constraintdef(k.oid) as definition
  from pg_constraint k
  join owned c on c.oid = k.conrelid
  left join tables p on p.oid = k.confrelid
  where k.contype = 'f' and k.conparentid = 0
)`;
