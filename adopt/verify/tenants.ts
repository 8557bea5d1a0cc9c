import type { Client } from 'pg';
import { tenantOf } from '../classify.ts';
import { joined } from '../paths.ts';
import type { Plan } from '../plan.ts';
import { ident } from '../sql.ts';
import { type Check, type Counted, one } from './check.ts';

/** Whether each row has a tenant that is there, and points at no other's. Counts the rows of each tenant into `tables`. */
export async function tenants(client: Client, { decisions }: Plan, tables: readonly Counted[]): Promise<Check[]> {
  const { tenant } = decisions;
  const own = ident(tenant.column);
  let [without, unknown, crossing] = [0, 0, 0];
  const told: string[] = [];
  for (const [name, decision] of Object.entries(decisions.tables)) {
    if (decision.class !== 'tenant') continue;
    const { rows } = await client.query<{ tenant: string | null; known: boolean; rows: string }>(
      `select t.${own}::text as tenant, k.${ident(tenant.key)} is not null as known, count(*) as rows
       from ${name} t left join ${tenant.table} k on k.${ident(tenant.key)} = t.${own} group by 1, 2`,
    );
    const perTenant: Record<string, number> = {};
    for (const { tenant: id, known, rows: n } of rows) {
      if (id === null) without += Number(n);
      else if (!known) unknown += Number(n);
      else perTenant[id] = Number(n);
    }
    const entry = tables.find(({ table }) => table === name);
    if (entry) entry.perTenant = perTenant;
    for (const path of decision.paths ?? []) {
      if (path.reverse) continue;
      const { n } = await one<{ n: string }>(
        client,
        `select count(*) as n from ${name} t join ${path.table} p on ${joined(path, 't')} where p.${tenantOf(decisions, path.table)} is distinct from t.${own}`,
      );
      crossing += Number(n);
      if (n !== '0') told.push(`${n} by ${name} (${path.columns.join(', ')})`);
    }
  }
  const sums = tables.filter(({ table }) => decisions.tables[table]?.class === 'tenant');
  const apart = sums.filter(({ after, perTenant }) => Object.values(perTenant).reduce((a, b) => a + b, 0) !== after);
  return [
    {
      name: 'every row belongs to a tenant',
      ok: without + unknown === 0,
      detail: `${without} without one, ${unknown} of one that is not there`,
    },
    {
      name: 'no row points at another tenant’s',
      ok: crossing === 0,
      detail: crossing === 0 ? '0 rows, counted by every path' : told.join('; '),
    },
    {
      name: 'the tenants’ rows are all rows',
      ok: apart.length === 0,
      detail: apart.length === 0 ? `${sums.length} tables` : apart.map(({ table }) => table).join(', '),
    },
  ];
}
