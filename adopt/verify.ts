import type { Client } from 'pg';
import { exitCode } from '../audit/report/exit-code.ts';
import type { Report } from '../audit/report/report.ts';
import type { Waiver } from '../audit/report/waivers.ts';
import { planUnderWay } from './apply.ts';
import { type AuditAdoptedOptions, auditAdopted, type Remaining, remaining } from './audit.ts';
import { tenantOf } from './classify.ts';
import { connectMigrator } from './connect.ts';
import { joined } from './paths.ts';
import type { Plan } from './plan.ts';
import { countOf } from './rows.ts';
import { ident, literal } from './sql.ts';

export interface Check {
  name: string;
  ok: boolean;
  /** What was found, in words. */
  detail: string;
}

export interface Verified {
  ok: boolean;
  checks: Check[];
  /** Of the whole auditor; left out where it was not asked for. */
  audit?: Report;
  /** What the auditor found and nobody accepted, each with the reason for which adoption left it. */
  remaining: Remaining[];
  tables: { table: string; before: number; after: number; setAside: number; perTenant: Record<string, number> }[];
}

export interface VerifyOptions {
  /** The application wrote meanwhile: then counts and sums that differ are told, and are no failure. */
  moving?: boolean;
  /** False leaves the auditor out, and looks only at what the adoption itself did. */
  audit?: boolean;
  /** Findings of the auditor that are accepted, as `bulkhead audit` takes them. */
  waivers?: readonly Waiver[];
  onProgress?: AuditAdoptedOptions['onProgress'];
}

/**
 * Looks whether nothing was lost and nothing crosses: counts and sums as before, no row without a tenant or pointing at
 * another's, security on, and what the app's role sees with and without a tenant. It believes no constraint, but counts.
 * Then the whole auditor goes through the database.
 */
export async function verify(
  url: string,
  { moving = false, audit = true, waivers, onProgress }: VerifyOptions = {},
): Promise<Verified> {
  const client = await connectMigrator(url);
  try {
    const plan = await planUnderWay(client);
    if (!plan) throw new Error('No adoption of this database was begun: there is nothing to verify.');
    await client.query('begin transaction isolation level repeatable read read only');
    const checks: Check[] = [];
    const tables = await counts(client, checks, moving);
    await tenants(client, plan, checks, tables);
    await catalog(client, plan, checks);
    await views(client, plan, checks, tables);
    await client.query('rollback');
    const report = audit ? await auditAdopted(client, plan, { waivers, onProgress }) : undefined;
    if (report) checks.push(judge(report));
    return {
      ok: checks.every(({ ok }) => ok),
      checks,
      tables,
      remaining: report ? await remaining(client, report) : [],
      ...(report && { audit: report }),
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

function judge(report: Report): Check {
  const { passed, failed, waived, notChecked, checks } = report.score;
  const told = [
    `${passed} of ${checks} checks passed`,
    ...(failed > 0 ? [`${failed} found something`] : []),
    ...(waived > 0 ? [`${waived} found what was decided so`] : []),
    ...(notChecked > 0 ? [`${notChecked} could not look`] : []),
  ];
  return { name: 'the whole audit', ok: exitCode(report, 'low') !== 1, detail: told.join(', ') };
}

async function one<Row>(client: Client, sql: string, values: unknown[] = []): Promise<Row> {
  return (await client.query(sql, values)).rows[0];
}

async function counts(client: Client, checks: Check[], moving: boolean): Promise<Verified['tables']> {
  const { rows } = await client.query<{ table_name: string; columns: string[]; before: string; sum: string }>(
    'select table_name, columns, rows_before as before, checksum_before as sum from bulkhead_adopt.counts order by 1',
  );
  const tables: Verified['tables'] = [];
  for (const { table_name: table, columns, before, sum } of rows) {
    const now = await one<{ rows: string; checksum: string }>(client, await countAsBefore(client, table, columns));
    const aside = await one<{ rows: string; checksum: string }>(
      client,
      countOf(
        `(select (json_populate_record(null::${table}, line)).* from bulkhead_adopt.set_aside where table_name = ${literal(table)} and restored_at is null)`,
        columns,
      ),
    );
    const same =
      Number(now.rows) + Number(aside.rows) === Number(before) &&
      BigInt(now.checksum) + BigInt(aside.checksum) === BigInt(sum);
    const spare = Number(aside.rows) > 0 ? `, ${aside.rows} set aside` : '';
    if (!same) {
      checks.push({
        name: `nothing lost in ${table}`,
        ok: moving,
        detail: `${before} rows before, ${now.rows} now${spare}; ${moving ? 'the application wrote meanwhile' : 'their contents differ'}`,
      });
    }
    tables.push({
      table,
      before: Number(before),
      after: Number(now.rows),
      setAside: Number(aside.rows),
      perTenant: {},
    });
  }
  checks.push({
    name: 'counts and checksums as before',
    ok: checks.every(({ ok }) => ok),
    detail: `${tables.reduce((sum, { before }) => sum + before, 0)} rows in ${tables.length} tables before, ${tables.reduce((sum, { after }) => sum + after, 0)} now, ${tables.reduce((sum, { setAside }) => sum + setAside, 0)} set aside`,
  });
  return tables;
}

/** The count of a table with the values that a person had emptied put back, as it was counted before. */
async function countAsBefore(client: Client, table: string, columns: readonly string[]): Promise<string> {
  const { rows: changed } = await client.query<{ name: string; type: string; key: string[] }>(
    `select c.column_name as name, format_type(a.atttypid, a.atttypmod) as type, (select array_agg(k) from jsonb_object_keys((array_agg(c.key))[1]) k) as key
     from bulkhead_adopt.changes c join pg_attribute a on a.attrelid = c.table_name::regclass and a.attname = c.column_name
     where c.table_name = $1 and c.column_name = any ($2) group by 1, 2`,
    [table, columns],
  );
  const [first] = changed;
  if (!first) return countOf(table, columns);
  const were = columns.map((name) => {
    const type = changed.find((one) => one.name === name)?.type;
    if (type === undefined) return `t.${ident(name)}`;
    return `case when jsonb_exists(was.old, ${literal(name)}) then (was.old ->> ${literal(name)})::${type} else t.${ident(name)} end as ${ident(name)}`;
  });
  const key = first.key.map((name) => `${literal(name)}, t.${ident(name)}::text`).join(', ');
  return countOf(
    `(select ${were.join(', ')} from ${table} t left join (
       select key, jsonb_object_agg(column_name, old_value) as old from (
         select distinct on (key, column_name) key, column_name, old_value from bulkhead_adopt.changes
         where table_name = ${literal(table)} order by key, column_name, id
       ) first group by key
     ) was on was.key = jsonb_build_object(${key}))`,
    columns,
  );
}

async function tenants(
  client: Client,
  { decisions }: Plan,
  checks: Check[],
  tables: Verified['tables'],
): Promise<void> {
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
  checks.push({
    name: 'every row belongs to a tenant',
    ok: without + unknown === 0,
    detail: `${without} without one, ${unknown} of one that is not there`,
  });
  checks.push({
    name: 'no row points at another tenant’s',
    ok: crossing === 0,
    detail: crossing === 0 ? '0 rows, counted by every path' : told.join('; '),
  });
  const sums = tables.filter(({ table }) => decisions.tables[table]?.class === 'tenant');
  const apart = sums.filter(({ after, perTenant }) => Object.values(perTenant).reduce((a, b) => a + b, 0) !== after);
  checks.push({
    name: 'the tenants’ rows are all rows',
    ok: apart.length === 0,
    detail: apart.length === 0 ? `${sums.length} tables` : apart.map(({ table }) => table).join(', '),
  });
}

async function catalog(client: Client, { decisions, steps }: Plan, checks: Check[]): Promise<void> {
  const names = Object.keys(decisions.tables).filter((name) => decisions.tables[name]!.class === 'tenant');
  const open = await one<{
    steps: string[];
    quarantined: number;
    keys: string[];
    indexes: string[];
    nullable: string[];
    unforced: string[];
    movable: string[];
  }>(
    client,
    `select
      (select coalesce(json_agg(s), '[]') from unnest($1::text[]) s where not exists (select from bulkhead_adopt.steps d where d.name = s and d.state = 'done')) as steps,
      (select count(*)::int from bulkhead_adopt.quarantine where resolved_at is null) as quarantined,
      (select coalesce(json_agg(conname), '[]') from pg_constraint where not convalidated and conparentid = 0 and conrelid = any ($2::regclass[])) as keys,
      (select coalesce(json_agg(indexrelid::regclass), '[]') from pg_index where not (indisvalid and indisready) and indrelid = any ($2::regclass[])) as indexes,
      (select coalesce(json_agg(attrelid::regclass), '[]') from pg_attribute where attname = $3 and not attnotnull and attrelid = any ($2::regclass[])) as nullable,
      (select coalesce(json_agg(oid::regclass), '[]') from pg_class where not (relrowsecurity and relforcerowsecurity) and oid = any ($4::regclass[])) as unforced,
      (select coalesce(json_agg(t), '[]') from unnest($2::regclass[]) t join pg_roles r on r.rolname = $5
        where has_column_privilege(r.oid, t, $3, 'UPDATE') or has_table_privilege(r.oid, t, 'TRUNCATE')) as movable`,
    [
      steps.map(({ name }) => name),
      names,
      decisions.tenant.column,
      [...names, decisions.tenant.table],
      decisions.app_role,
    ],
  );
  const none = (name: string, list: string[]) =>
    checks.push({
      name,
      ok: list.length === 0,
      detail: list.length === 0 ? 'all' : `not ${list.slice(0, 10).join(', ')}${list.length > 10 ? ' ...' : ''}`,
    });
  none('every step is done', open.steps);
  checks.push({ name: 'the quarantine is empty', ok: open.quarantined === 0, detail: `${open.quarantined} rows` });
  none('foreign keys and checks are valid', open.keys);
  none('indexes are whole', open.indexes);
  none('the tenant is required', open.nullable);
  none('row-level security is enabled and forced', open.unforced);
  checks.push({
    name: `${decisions.app_role} may neither give a row to another tenant nor empty a table`,
    ok: open.movable.length === 0,
    // Not by a right of its own, of everybody, or of a role that it is a member of.
    detail: open.movable.length === 0 ? 'all' : `it may in ${open.movable.join(', ')}`,
  });
}

/** As many tenants are looked at as requests see them. */
const LOOKED_AT = 20;

/** What requests see: nothing without a tenant, and each tenant all its own rows and no other. */
async function views(
  client: Client,
  { decisions }: Plan,
  checks: Check[],
  counted: readonly Pick<Verified['tables'][number], 'table' | 'perTenant'>[],
): Promise<void> {
  const { tenant, tables, app_role } = decisions;
  const names = Object.keys(tables).filter((name) => tables[name]!.class === 'tenant');
  const there = await one<{ ready: boolean; role: boolean; me: string; narrowed: string[] }>(
    client,
    `select count(distinct polrelid) = $2 as ready, current_user as me,
       coalesce((select pg_has_role(r.oid, case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end)
         from pg_roles r where r.rolname = $3), false) as role,
       array(select t from unnest($1::text[]) t join pg_policy n on n.polrelid = t::regclass
         where not n.polpermissive and n.polname not in ('tenant_floor', 'tenant_private')) as narrowed
     from pg_policy where polname = 'tenant_floor' and polrelid = any ($1::regclass[])`,
    [names, names.length, app_role],
  );
  if (!there.ready) return;
  if (!there.role) {
    checks.push({
      name: `${app_role} sees each tenant’s rows, and without a tenant none`,
      ok: false,
      detail: `not looked at, for ${there.me} cannot become it: "grant ${ident(app_role)} to ${ident(there.me)}"`,
    });
    return;
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
  checks.push({
    name: `${app_role} sees each tenant’s rows, and without a tenant none`,
    ok: wrong.length === 0,
    detail:
      wrong.length === 0
        ? `${ids.length === of ? `all ${of}` : `${ids.length} of ${of}`} tenants, ${names.length} tables`
        : wrong.join(', '),
  });
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
