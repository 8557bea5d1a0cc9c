import type { Client } from 'pg';

interface Standing {
  role: string;
  /** Whether code that runs as this role reaches further than the database's rows. */
  mighty: boolean;
  /** Whose the ledger is; null where there is none. */
  ledger: string | null;
  /** Whether its owner is this role, or a superuser. */
  ours: boolean;
}

const MIGHTY = `('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')`;

/**
 * Owners of tables, functions, types and operators who are no superusers: what they attached to tables (triggers, rules, checks,
 * defaults, casts, functions of indexes) runs for whoever writes there, with the rights of who writes.
 */
export async function strangersIn(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ role: string }>(`
    select r.rolname as role from pg_catalog.pg_roles r
    where not r.rolsuper and exists (
      select from (
        select relowner as owner, relnamespace as space from pg_catalog.pg_class
        union all select proowner, pronamespace from pg_catalog.pg_proc
        union all select typowner, typnamespace from pg_catalog.pg_type
        union all select oprowner, oprnamespace from pg_catalog.pg_operator
      ) o join pg_catalog.pg_namespace n on n.oid = o.space
      where o.owner = r.oid and n.nspname not like 'pg\\_temp%' and n.nspname not like 'pg\\_toast%')
    order by 1`);
  return rows.map(({ role }) => role);
}

/**
 * Believes no ledger that another could have written, for it holds statements that will be run.
 * @throws where it belongs to another who is no superuser
 */
export async function refuseOthersLedger(client: Client): Promise<void> {
  const { role, ledger, ours } = await standing(client);
  if (ledger !== null && !ours)
    throw new Error(
      `The schema bulkhead_adopt belongs to ${ledger}, who could have written into it what would be run as ${role}. Connect as ${ledger} to go on with what they began; if nothing was begun by them, drop it.`,
    );
}

/**
 * Lets nobody's code run as a superuser who has not been named as trusted, now or when the adoption began. What the ledger
 * says of that must be believed by then.
 * @param others of whom it is known otherwise that their code would run
 * @throws where somebody is not trusted, with their names
 */
export async function refuseStrangers(
  client: Client,
  trust: readonly string[],
  others: readonly string[] = [],
): Promise<void> {
  const { role, mighty, ledger } = await standing(client);
  if (!mighty) return;
  const known = new Set([role, ...trust, ...(ledger === null ? [] : await trusted(client))]);
  const strangers = [...new Set([...(await strangersIn(client)), ...others])].filter((name) => !known.has(name));
  if (strangers.length === 0) return;
  throw new Error(
    `${role} is a superuser or may run programs on the server, and ${strangers.join(', ')} may not, but own${strangers.length === 1 ? 's' : ''} tables, types or functions here: triggers, checks, casts and the like of theirs would run with the rights of ${role}. ` +
      `Read them and say whom you trust, by ${ledger === null ? '--trust' : 'bulkhead adopt trust'} ${strangers.join(',')}, or connect as a role with BYPASSRLS that owns the tables and is no superuser.`,
  );
}

/** Remembers who is trusted for all that comes after in this adoption. */
export async function noteTrusted(client: Client, trust: readonly string[]): Promise<void> {
  await client.query('insert into bulkhead_adopt.trusted select unnest($1::text[]) on conflict do nothing', [trust]);
}

async function standing(client: Client): Promise<Standing> {
  const { rows } = await client.query<Standing>(`
    select current_user::text as role, l.ledger::text, coalesce(l.ours, true) as ours,
      exists (select from pg_catalog.pg_roles m where (m.rolsuper or m.rolname in ${MIGHTY}) and pg_has_role(current_user, m.oid, 'member')) as mighty
    from (select 1) one left join (
      select o.rolname as ledger, o.rolsuper or o.rolname = current_user as ours
      from pg_catalog.pg_namespace n join pg_catalog.pg_roles o on o.oid = n.nspowner where n.nspname = 'bulkhead_adopt'
    ) l on true`);
  return rows[0]!;
}

async function trusted(client: Client): Promise<string[]> {
  const { rows: there } = await client.query(`select to_regclass('bulkhead_adopt.trusted') is not null as there`);
  if (!there[0].there) return [];
  return (await client.query<{ role: string }>('select role from bulkhead_adopt.trusted')).rows.map(({ role }) => role);
}
