import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 5,
  name: 'rls-off',
  severity: 'critical',
  part: 'schema',
  title: 'Row-level security is enabled and forced',
  sql: `
    select g.name as object, case when g.relrowsecurity then 'its owner is not bound by its policies' else 'its policies do not apply' end as message,
      format('alter table %1$s enable row level security; alter table %1$s force row level security', g.name)
        || case when house or exists (select from pg_policy p where p.polrelid = g.oid) then ''
          else format('; create policy tenant on %1$s%2$s using (%3$I = %4$s) with check (%3$I = %4$s)', g.name,
            coalesce(' to ' || quote_ident(app_role), ''), g.tenant_name, coalesce(tenant_function,
              format('nullif(current_setting(''app.%s'', true), '''')::%s', tenant_column, g.tenant_sql))) end as mend
    from guarded g
    cross join subject
    -- Elsewhere an owner that serves no requests may stand above its policies, and a table out of reach needs none.
    where case when house then not (g.relrowsecurity and g.relforcerowsecurity)
      else g.reachable and (not g.relrowsecurity or (g.owned_by_app and not g.relforcerowsecurity)) end`,
});
