import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 20,
  name: 'secdef-path',
  severity: 'high',
  part: 'schema',
  title: 'Definer functions pin their search_path, pg_temp last',
  sql: String.raw`
    select r.name as object, case when path.value is null then 'whoever calls it chooses what its names mean'
        else format('its search_path is %s', path.value) end as message,
      format('alter %s %s set search_path = pg_catalog, %s, pg_temp', r.sort, r.name, case when house then 'public' else quote_ident(r.nspname) end) as mend
    from routines r
    cross join subject
    left join lateral (
      select substr(setting, length('search_path=') + 1) as value from unnest(r.proconfig) setting where setting like 'search_path=%'
    ) path on true
    where (r.prosecdef or (house and path.value is not null and r.nspname in ('app', 'gate')))
      and not coalesce(not house and path.value in ('', '""'), false)
      and (path.value is null or path.value !~ '(^|, )"?pg_temp"?$' or path.value ~ '\$user'
        or exists (select from app_roles a, pg_namespace n, unnest(string_to_array(path.value, ', ')) named
          where n.nspname = trim('"' from named) and n.nspname <> 'pg_temp' and has_schema_privilege(a.oid, n.oid, 'create')))`,
});
