import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 17,
  name: 'cid-updatable',
  severity: 'high',
  part: 'schema',
  title: "No request writes a row's company, id or age",
  asksRoles: true,
  sql: `
    select format('%s.%I', o.name, c.attname) as object, format('%s may %s it', pg_get_userbyid(a.grantee), lower(a.privilege_type)) as message,
      format('revoke %1$s (%2$I) on %3$s from %4$I', a.privilege_type, c.attname, o.name, pg_get_userbyid(a.grantee)) as mend
    from owned o
    cross join subject
    join pg_attribute c on c.attrelid = o.oid and c.attacl is not null and not c.attisdropped
    cross join lateral aclexplode(c.attacl) a
    join app_roles r on a.grantee <> 0 and pg_has_role(r.oid, a.grantee, 'member')
    where case when house then s -> 'filledColumns' ? c.attname and a.privilege_type in ('INSERT', 'UPDATE')
      -- Where policies check what is written, a row cannot be given away.
      else c.attnum = o.tenant and a.privilege_type = 'UPDATE' and not o.relrowsecurity end
    union all
    select o.name, format('%s may %s every column of it', r.rolname, lower(a.privilege_type)),
      format('revoke %1$s on %2$s from %3$I; grant %1$s (%4$s) on %2$s to %3$I', a.privilege_type, o.name, pg_get_userbyid(a.grantee),
        (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
         where attrelid = o.oid and attnum > 0 and not attisdropped and attgenerated = '' and not s -> 'filledColumns' ? attname and attname <> o.tenant_name))
    from owned o
    cross join subject
    cross join lateral aclexplode(o.relacl) a
    join app_roles r on a.grantee <> 0 and pg_has_role(r.oid, a.grantee, 'member')
    where a.privilege_type in ('INSERT', 'UPDATE') and a.grantee <> o.relowner
      and (house or (a.privilege_type = 'UPDATE' and not o.relrowsecurity))`,
});
