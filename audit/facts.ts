/**
 * What most rules ask about, as common table expressions in front of their queries; $1 is the subject as JSON. They
 * read no column that PostgreSQL 13 lacks.
 *   subject    s, and the names in it that are used most
 *   schemas    schemas that may hold tenants' data
 *   app_roles  roles that serve requests. A superuser has every right there is; rule 12 says so, the others need not
 *   tables     every table, with its kind: company, global or undeclared. Partitions count with their parent.
 *              visible is whether the auditor sees all its rows, tenant_name the column of its tenant, tenant_sql its type
 *              with its length
 *   owned      tables that belong to a company
 *   children   partitions and heirs of owned tables, however far below; root is that table
 *   guarded    owned, and the table of the companies itself; tenant_name is the column that tells the company,
 *              reachable whether a role that serves requests has any right on it (or no such role is known)
 *   readers    views and materialised views through which a guarded table is read
 *   routines   every function outside extensions
 *   edges      foreign keys from owned tables
 */
export const FACTS = `
with recursive subject as materialized (
  select s, s ->> 'form' = 'bulkhead' as house, s ->> 'tenantColumn' as tenant_column, nullif(s ->> 'tenantFunction', '') as tenant_function,
    s ->> 'tenantTable' as tenant_table, coalesce(s ->> 'tenantKey', 'id') as tenant_key, s -> 'appRoles' ->> 0 as app_role
  from (select $1::jsonb as s) given
),
schemas as (
  select n.oid, n.nspname, n.nspowner from pg_namespace n, subject
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not s -> 'otherSchemas' ? n.nspname
),
app_roles as (
  select r.oid, r.rolname from pg_roles r, subject where s -> 'appRoles' ? r.rolname and not r.rolsuper
),
tables as materialized (
  select c.oid, format('%I.%I', n.nspname, c.relname) as name, c.relname, n.nspname, c.relrowsecurity, c.relforcerowsecurity,
    c.relowner, c.relacl, a.attnum as tenant, a.attname as tenant_name, a.attnotnull as tenant_required, a.atttypid as tenant_type, format_type(a.atttypid, a.atttypmod) as tenant_sql,
    tenant_table in (c.relname, n.nspname || '.' || c.relname) as is_tenants,
    has_table_privilege(c.oid, 'select') and not row_security_active(c.oid) as visible,
    coalesce(s -> 'tables' ->> c.relname,
      case when s -> 'globalTables' ?| array[c.relname, n.nspname || '.' || c.relname] then 'global'
        when s ? 'tables' or a.attnum is null then 'undeclared' else 'company' end) as kind
  from pg_class c
  join schemas n on n.oid = c.relnamespace
  cross join subject
  left join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    and a.attname = coalesce(s -> 'tenantColumns' ->> (n.nspname || '.' || c.relname), tenant_column)
  where c.relkind in ('r', 'p')
    -- A child of what is not looked at stands for itself.
    and not exists (
      select from pg_inherits i join pg_class parent on parent.oid = i.inhparent and parent.relkind in ('r', 'p')
      join schemas on schemas.oid = parent.relnamespace
      where i.inhrelid = c.oid
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = parent.oid and d.deptype = 'e'))
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
),
owned as materialized (
  select * from tables where tenant is not null and kind <> 'global'
),
children as (
  select i.inhrelid as oid, o.oid as root from pg_inherits i join owned o on o.oid = i.inhparent
  union
  select i.inhrelid, above.root from children above join pg_inherits i on i.inhparent = above.oid
),
guarded as materialized (
  select g.*, not exists (select from app_roles)
      or exists (select from app_roles r where has_table_privilege(r.oid, g.oid, 'select, insert, update, delete, truncate')
        or has_any_column_privilege(r.oid, g.oid, 'select, insert, update')) as reachable,
    exists (select from app_roles r where pg_has_role(r.oid, g.relowner, 'member')) as owned_by_app
  from (
    select oid, name, relname, relowner, relrowsecurity, relforcerowsecurity, tenant_name, tenant as tenant_attnum, tenant_type, tenant_sql from owned
    where not is_tenants
    union all
    select t.oid, t.name, t.relname, t.relowner, t.relrowsecurity, t.relforcerowsecurity, tenant_key, k.attnum, k.atttypid, format_type(k.atttypid, k.atttypmod)
    from tables t cross join subject
    left join pg_attribute k on k.attrelid = t.oid and k.attname = tenant_key and not k.attisdropped
    where is_tenants
  ) g
),
readers as (
  select r.ev_class as oid
  from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
  join guarded g on g.oid = d.refobjid
  where r.rulename = '_RETURN'
  union
  select r.ev_class
  from readers below
  join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = below.oid
  join pg_rewrite r on r.oid = d.objid and r.rulename = '_RETURN' and r.ev_class <> below.oid
),
routines as (
  select p.oid, format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as name,
    format('%I.%I(%s)', n.nspname, p.proname, oidvectortypes(p.proargtypes)) as signature, n.nspname,
    case p.prokind when 'p' then 'procedure' else 'function' end as sort, l.lanname, p.proname, p.proowner,
    -- A body in standard SQL stands elsewhere.
    case when p.prosrc = '' then pg_get_functiondef(p.oid) else p.prosrc end as prosrc,
    p.proacl, p.prosecdef, p.proconfig, p.provolatile, p.proparallel, p.proleakproof, p.prorettype
  from pg_proc p
  join schemas n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  where p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
),
edges as (
  select k.oid, k.conname, c.oid as child, c.name as child_name, c.tenant_name as child_tenant, p.oid as parent,
    (select format('%I.%I', n.nspname, r.relname) from pg_class r join pg_namespace n on n.oid = r.relnamespace
     where r.oid = k.confrelid) as parent_name,
    p.kind as parent_kind, p.relname as parent_relname, p.tenant_name as parent_tenant, p.is_tenants as to_tenants,
    c.visible and p.visible as visible, k.conkey, k.confkey, k.confdeltype,
    nullif(to_jsonb(k) -> 'confdelsetcols', 'null') as confdelsetcols,
    exists (select from unnest(k.conkey, k.confkey) u (a, b) where u.a = c.tenant and u.b = p.tenant) as carries_tenant,
    pg_get_constraintdef(k.oid) as definition
  from pg_constraint k
  join owned c on c.oid = k.conrelid
  left join tables p on p.oid = k.confrelid
  where k.contype = 'f' and k.conparentid = 0
)`;
