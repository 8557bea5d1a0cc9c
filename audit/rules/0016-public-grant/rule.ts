import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 16,
  name: 'public-grant',
  severity: 'high',
  part: 'schema',
  title: 'PUBLIC has no rights',
  sql: `
    select g.object, format('everybody has %s', g.privilege_type) as message, g.mend
    from (
      select t.oid as relation, format('%s', t.name) as object, a.privilege_type, format('revoke all on %s from public', t.name) as mend
      from tables t, aclexplode(t.relacl) a where a.grantee = 0 and a.privilege_type not in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
      union all
      select t.oid, format('%s.%I', t.name, c.attname), a.privilege_type, format('revoke all (%I) on %s from public', c.attname, t.name)
      from tables t join pg_attribute c on c.attrelid = t.oid, aclexplode(c.attacl) a where a.grantee = 0
      union all
      select null, format('schema %I', n.nspname), a.privilege_type, format('revoke all on schema %I from public', n.nspname)
      from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
      where a.grantee = 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      union all
      select c.oid, format('%I.%I', n.nspname, c.relname), a.privilege_type, format('revoke all on %s %I.%I from public',
        case c.relkind when 'S' then 'sequence' else 'table' end, n.nspname, c.relname)
      from pg_class c join schemas n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where c.relkind in ('S', 'v', 'm', 'f') and a.grantee = 0
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      union all
      select null, r.name, a.privilege_type, format('revoke all on %s %s from public', r.sort, r.name)
      from routines r, aclexplode(coalesce(r.proacl, acldefault('f', r.proowner))) a where a.grantee = 0
      union all
      select null, format('database %I', d.datname), a.privilege_type, format('revoke all on database %I from public', d.datname)
      from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.grantee = 0
      union all
      select null, format('default rights of %s', pg_get_userbyid(d.defaclrole)), a.privilege_type,
        format('alter default privileges for role %I%s revoke all on %s from public', pg_get_userbyid(d.defaclrole),
          case when d.defaclnamespace = 0 then '' else ' in schema ' || d.defaclnamespace::regnamespace end,
          case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' else 'schemas' end)
      from pg_default_acl d, aclexplode(d.defaclacl) a where a.grantee = 0 and d.defaclobjtype <> 'T'
    ) g
    cross join subject
    -- Elsewhere PUBLIC may have what PostgreSQL gives it, as long as that leads to no tenant's rows.
    where house or g.relation in (select oid from guarded union select oid from readers)
      or (g.object like 'default rights of %' and g.mend like '% on tables from public')`,
});
