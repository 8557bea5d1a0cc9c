import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 67,
  name: 'grant-exact',
  severity: 'high',
  part: 'schema',
  title: 'Rights on tables are those that own_by_company gives',
  houseOnly: "It holds Bulkhead to the rights that its migrations give; rules 13 to 18 look at anybody's.",
  sql: `
    select format('%s: %s', t.name, pg_get_userbyid(a.grantee)) as object,
      format('has %s%s%s', lower(a.privilege_type), coalesce(' on ' || a.column_name, ''), case when a.is_grantable then ', and may hand it on' else '' end) as message,
      format('revoke %s%s%s on %s from %I cascade', case when a.is_grantable then 'grant option for ' else '' end, a.privilege_type, coalesce(' (' || quote_ident(a.column_name) || ')', ''), t.name, pg_get_userbyid(a.grantee)) as mend
    from tables t
    cross join subject
    cross join lateral (
      select null::name as column_name, x.grantee, x.privilege_type, x.is_grantable from aclexplode(t.relacl) x
      union all
      select c.attname, x.grantee, x.privilege_type, x.is_grantable
      from pg_attribute c, aclexplode(c.attacl) x where c.attrelid = t.oid and c.attacl is not null
    ) a
    cross join lateral (select pg_get_userbyid(a.grantee) as grantee) named
    where a.grantee <> 0 and a.grantee <> t.relowner
      and a.privilege_type not in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
      and not (a.column_name is not null and a.privilege_type in ('INSERT', 'UPDATE') and s -> 'filledColumns' ? a.column_name)
      and (a.is_grantable or not case
        when named.grantee = s ->> 'gateRole' then a.column_name is null
        when named.grantee = s ->> 'auditorRole' then a.privilege_type = 'SELECT'
        when named.grantee <> app_role then false
        when t.relname = tenant_table then a.privilege_type = 'SELECT' or (a.privilege_type = 'UPDATE' and a.column_name is not null
          and a.column_name not in ('plan', 'status', 'suspended_reason', 'subscription_status', 'trial_ends_at', 'domain'))
        when t.kind = 'global' or t.tenant is null then false
        when a.privilege_type in ('UPDATE', 'DELETE') and s -> 'appendOnly' ? t.relname then false
        when a.privilege_type in ('SELECT', 'DELETE') then true
        when a.privilege_type = 'INSERT' then true
        when a.privilege_type = 'UPDATE' then true
        else false end)`,
});
