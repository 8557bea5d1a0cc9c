import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 72,
  name: 'global-points-in',
  severity: 'high',
  part: 'keys',
  title: 'No global table that requests may read points at rows of one company',
  asksRoles: true,
  sql: `
    select format('%s: %s', t.name, k.conname) as object, format('is global, and its rows tell of rows of %s', p.name) as message,
      format('revoke all on %s from public, %s -- or give it the company of those rows', t.name,
        (select string_agg(quote_ident(rolname), ', ') from app_roles)) as mend
    from tables t
    join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0
    join owned p on p.oid = k.confrelid
    where t.kind = 'global' and not t.is_tenants and not t.relrowsecurity
      and exists (select from app_roles r where has_any_column_privilege(r.oid, t.oid, 'select, insert, update'))`,
});
