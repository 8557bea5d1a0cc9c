import type { Auditor } from '../../rule.ts';

export interface Owner {
  name: string;
  tenants: string[];
}

const chunk = 5_000;

/** In which tables ids are, and whose the rows are. Tables count whose rows are named by one uuid. */
export async function ownersOf(
  auditor: Auditor,
  ids: string[],
  gaps: (string | undefined)[],
): Promise<Map<string, Owner[]>> {
  const { facts, client } = auditor;
  const tables = await facts<{ name: string; id: string; tenant: string; visible: boolean }>(`
    select o.name, quote_ident(a.attname) as id, quote_ident(o.tenant_name) as tenant, o.visible
    from owned o
    join pg_constraint k on k.conrelid = o.oid and k.contype = 'p'
    join pg_attribute a on a.attrelid = o.oid and a.attnum = any (k.conkey) and a.attnum <> o.tenant and a.atttypid = 'uuid'::regtype
    where array_length(array_remove(k.conkey, o.tenant), 1) = 1
    union all
    select t.name, quote_ident(tenant_key), quote_ident(tenant_key), t.visible
    from tables t cross join subject
    join pg_attribute a on a.attrelid = t.oid and a.attname = tenant_key and a.atttypid = 'uuid'::regtype
    where t.is_tenants
    order by 1`);
  const owners = new Map<string, Owner[]>();
  for (const { name, id, tenant, visible } of ids.length === 0 ? [] : tables) {
    if (!visible) {
      gaps.push(`${name} is hidden from the auditor`);
      continue;
    }
    for (let from = 0; from < ids.length; from += chunk) {
      const { rows } = await client.query<{ id: string; tenants: string[] }>(
        `select ${id}::text as id, array_agg(distinct ${tenant}::text) as tenants from ${name} where ${id} = any ($1::uuid[]) group by 1`,
        [ids.slice(from, from + chunk)],
      );
      for (const row of rows) owners.set(row.id, [...(owners.get(row.id) ?? []), { name, tenants: row.tenants }]);
    }
    await auditor.breathe?.();
  }
  return owners;
}
