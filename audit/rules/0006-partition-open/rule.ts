import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 6,
  name: 'partition-open',
  severity: 'critical',
  part: 'schema',
  title: 'Partitions and children are closed, or guarded like their parent',
  sql: `
    select format('%I.%I', n.nspname, c.relname) as object, 'it can be read past the policies of its parent' as message,
      format('alter table %1$I.%2$I enable row level security; alter table %1$I.%2$I force row level security; revoke all on %1$I.%2$I from public, %3$s',
        n.nspname, c.relname, coalesce((select string_agg(quote_ident(rolname), ', ') from app_roles), 'public')) as mend
    from pg_inherits i
    cross join subject
    join owned o on o.oid = i.inhparent
    join pg_class c on c.oid = i.inhrelid
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p')
      and case when house then not (c.relrowsecurity and c.relforcerowsecurity)
          or exists (select from app_roles r where has_any_column_privilege(r.oid, c.oid, 'select, insert, update'))
        else not c.relrowsecurity and exists (select from app_roles r where has_any_column_privilege(r.oid, c.oid, 'select, insert, update')) end`,
});
