import type { ClientBase } from 'pg';

const TRIGGERS = `
  select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname) as off,
    format('alter table %s enable %strigger %I', t.tgrelid::regclass,
      case t.tgenabled when 'A' then 'always ' when 'R' then 'replica ' else '' end, t.tgname) as on
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and t.tgparentid = 0 and t.tgenabled <> 'D' and c.relnamespace = 'public'::regnamespace
    and (c.relname = 'companies' or exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped))
  order by 1`;

/** Others wait for a table that is waited for here. */
const PATIENCE = '5s';

/**
 * Switches the triggers of all tables with companies' rows off, as their owner; foreign keys are checked all the same.
 * @returns what switches them on again, before the transaction ends
 * @throws where somebody has written into one of the tables for longer than a moment
 */
export async function silenceTriggers(client: ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ off: string; on: string }>(TRIGGERS);
  const asOwner = async (statements: string[]) => {
    await client.query(`set local role bulkhead_owner; set local lock_timeout = '${PATIENCE}'`);
    for (const sql of statements) await client.query(sql);
    await client.query('reset role; set local lock_timeout = 0');
  };
  await asOwner(rows.map(({ off }) => off)).catch((error: Error & { code?: string }) => {
    if (error.code !== '55P03') throw error;
    throw new Error(
      'Triggers could not be switched off, for somebody is writing all the time. Nothing was changed. Try again in a quiet ' +
        'moment, or let a superuser run: grant set on parameter session_replication_role to <the role of DATABASE_URL>',
      { cause: error },
    );
  });
  return () => asOwner(rows.map(({ on }) => on));
}
