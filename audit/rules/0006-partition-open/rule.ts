import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 6,
  name: 'partition-open',
  severity: 'critical',
  part: 'schema',
  title: 'Partitions and children are closed, or guarded like their parent',
  asksRoles: true,
  sql: `
    select format('%I.%I', n.nspname, c.relname) as object,
      case when c.relrowsecurity and not house then 'it can be read past the policies of its parent, by policies of its own'
        else 'it can be read past the policies of its parent' end as message,
      format('alter table %1$I.%2$I enable row level security; alter table %1$I.%2$I force row level security; revoke all on %1$I.%2$I from public, %3$s',
        n.nspname, c.relname, coalesce((select string_agg(quote_ident(rolname), ', ') from app_roles), 'public')) as mend
    from children h
    cross join subject
    join pg_class c on c.oid = h.oid
    join pg_namespace n on n.oid = c.relnamespace
    cross join lateral (select exists (select from app_roles r
      where has_any_column_privilege(r.oid, c.oid, 'select, insert, update') or has_table_privilege(r.oid, c.oid, 'delete, truncate')) as reachable) role
    where c.relkind in ('r', 'p')
      and case when house then not (c.relrowsecurity and c.relforcerowsecurity) or role.reachable
        else role.reachable and (not c.relrowsecurity
          or (not c.relforcerowsecurity and exists (select from app_roles r where pg_has_role(r.oid, c.relowner, 'member')))
          -- Only what its parent says too is as good as the parent's.
          or exists (select from pg_policy own where own.polrelid = c.oid and own.polpermissive and not exists (
            select from pg_policy p where p.polrelid = h.root
              and pg_get_expr(p.polqual, p.polrelid) is not distinct from pg_get_expr(own.polqual, own.polrelid)
              and pg_get_expr(p.polwithcheck, p.polrelid) is not distinct from pg_get_expr(own.polwithcheck, own.polrelid)))) end`,
});
