import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 14,
  name: 'app-is-owner',
  severity: 'critical',
  part: 'schema',
  title: 'A role that serves requests owns nothing',
  sql: `
    select coalesce(what.name, 'an object') as object, format('belongs to %s, who can change its policies and rights', r.rolname) as message,
      format('reassign owned by %I to %I', r.rolname, (select s ->> 'ownerRole' from subject)) as mend
    from pg_shdepend d
    join app_roles r on r.oid = d.refobjid and d.refclassid = 'pg_authid'::regclass
    cross join lateral (select format('%s %s', o.type, o.identity) as name from pg_identify_object(d.classid, d.objid, d.objsubid) o) what
    where d.deptype = 'o' and d.dbid = (select oid from pg_database where datname = current_database())
      and not exists (select from pg_namespace n join subject on s -> 'otherSchemas' ? n.nspname
        where (d.classid = 'pg_namespace'::regclass and d.objid = n.oid)
          or what.name like '% ' || quote_ident(n.nspname) || '.%')`,
});
