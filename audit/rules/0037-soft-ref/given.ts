import type { Auditor, Finding } from '../../rule.ts';
import { walk } from '../../walk.ts';

/** References that a person named, such as numbers, which no look at values tells from others. */
export async function givenReferences(
  auditor: Auditor,
  findings: Finding[],
  gaps: (string | undefined)[],
): Promise<void> {
  for (const { table, column, references, where } of auditor.subject.softReferences ?? []) {
    if (references === null) continue;
    const [at] = await auditor.facts<{
      child: string;
      tenant: string;
      parent: string;
      theirs: string;
      id: string;
      column: string;
    }>(`
      select c.name as child, quote_ident(c.tenant_name) as tenant, p.name as parent, quote_ident(p.tenant_name) as theirs, quote_ident(a.attname) as id,
        quote_ident(x.attname) as column
      from owned c
      join owned p on replace(p.name, '"', '') = ${auditor.client.escapeLiteral(references)}
      join pg_constraint k on k.conrelid = p.oid and k.contype = 'p'
      join pg_attribute a on a.attrelid = p.oid and a.attnum = any (k.conkey) and a.attnum <> p.tenant
      join pg_attribute x on x.attrelid = c.oid and x.attname = ${auditor.client.escapeLiteral(column)} and not x.attisdropped
      where replace(c.name, '"', '') = ${auditor.client.escapeLiteral(table)}`);
    if (at === undefined)
      throw new Error(
        `softReferences names ${table}.${column} and ${references}, which are not there or have no tenant.`,
      );
    const { child, tenant, parent, theirs, id, column: quoted } = at;
    const same = `p.${id}::text = t.${quoted}::text`;
    const stray = `${where === undefined ? '' : `(${where}) and `}t.${quoted} is not null and exists (select from ${parent} p where ${same} and p.${theirs} <> t.${tenant})
      and not exists (select from ${parent} p where ${same} and p.${theirs} = t.${tenant})`;
    const { counts, gap } = await walk(auditor, {
      check: `soft-ref ${child}.${quoted} ${parent}`,
      table: child,
      count: [stray],
    });
    gaps.push(gap);
    if (!counts[0]) continue;
    findings.push({
      object: `${child}.${quoted}`,
      message: `${counts[0]} of its ids are of rows of ${parent} of another tenant`,
      mend: `-- select * from ${child} t where ${stray}`,
    });
  }
}

/**
 * Columns of numbers that are called as if they held ids, and of which nobody said whose: no look at values tells ids
 * from other numbers.
 */
export async function numbersUnnamed({ facts, subject }: Auditor): Promise<string[]> {
  if (subject.form === 'bulkhead') return [];
  const columns = await facts<{ table: string; column: string }>(`
    select replace(o.name, '"', '') as table, a.attname as column
    from owned o
    join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped and a.attnum <> o.tenant
    where a.atttypid in ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype) and a.attname ~* '(_id|[a-z]Id|_ids)$'
      and not exists (select from pg_constraint k where k.conrelid = o.oid and k.contype in ('f', 'p') and a.attnum = any (k.conkey))
    order by 1, 2`);
  return columns
    .filter(
      ({ table, column }) => !subject.softReferences?.some((named) => named.table === table && named.column === column),
    )
    .map(({ table, column }) => `${table}.${column} holds numbers: say of which table they are ids, in softReferences`);
}
