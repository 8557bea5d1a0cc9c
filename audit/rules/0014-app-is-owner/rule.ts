import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 14,
  name: 'app-is-owner',
  severity: 'critical',
  part: 'schema',
  title: 'A role that serves requests owns nothing',
  asksRoles: true,
  sql: `
    select coalesce(what.name, 'an object') as object, format('belongs to %s, who can change its policies and rights', r.rolname) as message,
      case when house or s ? 'ownerRole' then format('reassign owned by %I to %I', r.rolname, s ->> 'ownerRole')
        else format('alter %s owner to ... -- a role that serves no requests', what.name) end as mend
    from pg_shdepend d
    join app_roles r on r.oid = d.refobjid and d.refclassid = 'pg_authid'::regclass
    cross join subject
    cross join lateral (select format('%s %s', o.type, o.identity) as name from pg_identify_object(d.classid, d.objid, d.objsubid) o) what
    where (house or (d.classid = 'pg_class'::regclass and d.objid in (select oid from guarded))
        -- Whoever owns a function that policies ask can have it answer something else.
        or (d.classid = 'pg_proc'::regclass and exists (select from pg_depend asks
          where asks.classid = 'pg_policy'::regclass and asks.refclassid = d.classid and asks.refobjid = d.objid)))
      and d.deptype = 'o' and d.dbid = (select oid from pg_database where datname = current_database())
      and not exists (select from pg_namespace n join subject on s -> 'otherSchemas' ? n.nspname
        where (d.classid = 'pg_namespace'::regclass and d.objid = n.oid)
          or what.name like '% ' || quote_ident(n.nspname) || '.%')`,
});
