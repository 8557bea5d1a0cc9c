import type { Client } from 'pg';
import type { Plan } from '../plan.ts';
import { ident } from '../sql.ts';
import { type Check, type Counted, one } from './check.ts';

/** As many tenants are looked at as requests see them. */
const LOOKED_AT = 20;

/** What requests see: nothing without a tenant, and each tenant all its own rows and no other. */
export async function views(client: Client, { decisions }: Plan, counted: readonly Counted[]): Promise<Check[]> {
  const { tenant, tables, app_role } = decisions;
  const names = Object.keys(tables).filter((name) => tables[name]!.class === 'tenant');
  const there = await one<{ ready: boolean; role: boolean; bySet: boolean; me: string; narrowed: string[] }>(
    client,
    `select count(distinct polrelid) = $2 as ready, current_user as me,
       current_setting('server_version_num')::int >= 160000 as "bySet",
       coalesce((select pg_has_role(r.oid, case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end)
         from pg_roles r where r.rolname = $3), false) as role,
       array(select t from unnest($1::text[]) t join pg_policy n on n.polrelid = t::regclass
         where not n.polpermissive and n.polname not in ('tenant_floor', 'tenant_private')) as narrowed
     from pg_policy where polname = 'tenant_floor' and polrelid = any ($1::regclass[])`,
    [names, names.length, app_role],
  );
  if (!there.ready) return [];
  const check = `${app_role} sees each tenant’s rows, and without a tenant none`;
  if (!there.role) {
    const grant = `grant ${ident(app_role)} to ${ident(there.me)}${there.bySet ? ' with set true' : ''}`;
    return [{ name: check, ok: false, detail: `not looked at, for ${there.me} cannot become it: "${grant}"` }];
  }
  const { rows: ids } = await client.query<{ id: string; of: string }>(
    `select ${ident(tenant.key)}::text as id, count(*) over () as of from ${tenant.table} order by 1 limit ${LOOKED_AT}`,
  );
  const own = new Map<string, Record<string, number>>();
  for (const name of names) {
    // Restrictive policies of the application hide of a tenant's rows what it decided so.
    if (there.narrowed.includes(name)) continue;
    const known = tables[name]!.private_to === undefined && counted.find(({ table }) => table === name)?.perTenant;
    own.set(name, known || (await sharedRows(client, name, tenant.column, tables[name]!.private_to !== undefined)));
  }
  await client.query('savepoint seen');
  const wrong: string[] = [];
  await client.query(`set local row_security = on; set local role ${ident(app_role)}`);
  for (const id of ['', ...ids.map((row) => row.id)]) {
    await client.query('select set_config($1, $2, true)', [tenant.setting, id]);
    for (const name of names) {
      const { foreign, all } = await one<{ foreign: string; all: string }>(
        client,
        `select count(*) filter (where $1 = '' or t.${ident(tenant.column)}::text is distinct from $1) as foreign, count(*) as all from ${name} t`,
        [id],
      );
      const as = `${name} as ${id === '' ? 'nobody' : id}`;
      const expected = id === '' ? 0 : ((own.get(name) && (own.get(name)![id] ?? 0)) ?? Number(all));
      if (foreign !== '0') wrong.push(`${foreign} rows of others in ${as}`);
      else if (Number(all) !== expected) wrong.push(`${all} of ${expected} rows of its own in ${as}`);
    }
  }
  await client.query('rollback to savepoint seen');
  const [of = 0] = ids.map((row) => Number(row.of));
  const seen = `${ids.length === of ? `all ${of}` : `${ids.length} of ${of}`} tenants, ${names.length} tables`;
  return [{ name: check, ok: wrong.length === 0, detail: wrong.length === 0 ? seen : wrong.join(', ') }];
}

/** The rows of each tenant that all its users see. */
async function sharedRows(
  client: Client,
  table: string,
  column: string,
  isPrivate: boolean,
): Promise<Record<string, number>> {
  const { rows } = await client.query<{ tenant: string; rows: string }>(
    `select t.${ident(column)}::text as tenant, count(*) as rows from ${table} t ${isPrivate ? 'where t.private_to is null' : ''} group by 1`,
  );
  return Object.fromEntries(rows.map(({ tenant, rows: n }) => [tenant, Number(n)]));
}
