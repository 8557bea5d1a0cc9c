import { attempt } from '../../act.ts';
import type { Auditor } from '../../rule.ts';

/** What a new row of a table has to pass to be let in. */
export interface Check {
  name: string;
  role: string;
  /** A query for one row with nothing in it but $1 as its tenant. */
  row: string;
  condition: string;
  /** The table's own name, by which sub-selects of the conditions call it. */
  alias: string;
}

/** For each role and table with policies that it may insert into: its policies' conditions on new rows, put together. */
export const checksOf = ({ facts }: Auditor): Promise<Check[]> =>
  facts<Check>(`
    select g.name, quote_ident(g.relname) as alias, r.rolname as role,
      (select format('select %s', string_agg(case when a.attname = g.tenant_name then format('$1::text::%s as %I', format_type(a.atttypid, a.atttypmod), a.attname)
          else format('null::%s as %I', format_type(a.atttypid, a.atttypmod), a.attname) end, ', ' order by a.attnum))
       from pg_attribute a where a.attrelid = g.oid and a.attnum > 0 and not a.attisdropped) as row,
      format('(%s)%s', string_agg(said.condition, ' or ') filter (where p.polpermissive),
        coalesce(' and ' || string_agg(said.condition, ' and ') filter (where not p.polpermissive), '')) as condition
    from guarded g
    join app_roles r on has_any_column_privilege(r.oid, g.oid, 'insert')
    join pg_policy p on p.polrelid = g.oid and p.polcmd in ('*', 'a')
    cross join lateral (
      select format('(%s)', coalesce(pg_get_expr(p.polwithcheck, g.oid), pg_get_expr(p.polqual, g.oid))) as condition
    ) said
    where g.relrowsecurity
      and exists (select from unnest(p.polroles) role where role = 0 or pg_has_role(r.oid, role, 'member'))
    group by g.oid, g.name, g.relname, g.tenant_name, r.rolname
    having bool_or(p.polpermissive)
    order by 1, 2`);

/**
 * Whether a row of a tenant's, or of none, would be let in. It is worked out from the policies' own conditions, so that nothing is
 * written; whoever asks has become the role.
 */
export async function letsIn(
  auditor: Auditor,
  { condition, row, alias }: Check,
  tenant: string | null | undefined,
): Promise<boolean> {
  const sql = `select coalesce((${condition}), false) from (${row}) ${alias}`;
  return (await attempt<boolean>(auditor, sql, [tenant])).value === true;
}

export const mendPolicies = (name: string): string =>
  `-- mend the policies of ${name} (rules 26 to 28), or the function that they ask`;
