import { able, actAs, attempt, stageOf } from '../../act.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { gapsOf } from '../../walk.ts';

export default defineRule({
  number: 59,
  name: 'stat-leak',
  severity: 'medium',
  part: 'leaks',
  title: "Statistics tell requests nothing of other companies' rows",
  check: async (auditor) => {
    const findings = await auditor.facts<Finding>(sql);
    const gaps: (string | undefined)[] = [];
    const { roles, tables } = await stageOf(auditor);
    for await (const role of able(auditor, tables.length === 0 ? [] : roles, gaps)) {
      const { value = [] } = await actAs(auditor, role, () =>
        attempt<string[]>(
          auditor,
          `select array(select distinct format('%I.%I', schemaname, tablename) from pg_catalog.pg_stats
             where format('%I.%I', schemaname, tablename) = any ($1) and (most_common_vals is not null or histogram_bounds is not null) order by 1)`,
          [tables.map(({ name }) => name)],
        ),
      );
      for (const name of value) {
        findings.push({
          object: name,
          message: `its most common values are shown to ${role} in pg_stats, whoever's they are`,
          mend: `alter table ${name} force row level security`,
        });
      }
    }
    return { findings, ...gapsOf(gaps) };
  },
});

const sql = `
  select a.rolname as object, format('sees the statements of all sessions, as a member of %s', r.rolname) as message,
    format('revoke %I from %I', r.rolname, a.rolname) as mend
  from app_roles a
  join pg_roles r on r.rolname in ('pg_monitor', 'pg_read_all_stats') and pg_has_role(a.oid, r.oid, 'member')
  where r.rolname = 'pg_read_all_stats' or exists (select from pg_auth_members m where m.member = a.oid and m.roleid = r.oid)
  union all
  select format('%I.%I', n.nspname, c.relname), format('%s reads statistics of all rows there', r.rolname),
    format('revoke select on %I.%I from public, %I', n.nspname, c.relname, r.rolname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, app_roles r
  where n.nspname = 'pg_catalog' and c.relname in ('pg_statistic', 'pg_statistic_ext_data')
    and has_any_column_privilege(r.oid, c.oid, 'select')`;
