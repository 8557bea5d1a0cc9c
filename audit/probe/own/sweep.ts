import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/**
 * Deletes the canary companies of a run, known by the domain of its addresses, and the companies that it opened: those where
 * nobody is, or is invited to, but people of that domain. Without a domain: what runs that died left behind. Only one run is under way at a time.
 */
export async function sweep(client: pg.Client, domain = 'canary-probe-%.invalid'): Promise<void> {
  const own = `%@${domain}`;
  const { rows } = await client.query<{ id: string }>(
    `select c.id from companies c
      where (c.is_canary and c.email like $1)
        or (select bool_and(people.email like $1)
          from (select email from users where company_id = c.id
            union all select email from invitations where company_id = c.id) people)`,
    [own],
  );
  const ids = rows.map(({ id }) => id);
  const staff = await client.query<{ id: string }>(
    `select id from login_identities where is_super_admin and password_hash is null and email like $1`,
    [own],
  );
  const staffIds = staff.rows.map(({ id }) => id);
  await client.query('delete from audit_runs where requested_by = any ($1)', [staffIds]);
  await client.query('delete from platform_audit where actor_id = any ($1)', [staffIds]);
  await client.query('delete from login_identities where id = any ($1) or company_id = any ($2)', [staffIds, ids]);
  await client.query('delete from companies where id = any ($1)', [ids]);
}

/** Milliseconds that a busy worker may need for what an attack and its control left to it. */
const PATIENCE = 120_000;

/**
 * Waits until no work of the companies is left, nor any that failed once and comes again: what it changes is no doing of the
 * attacker's. Jobs that the probe made to have some are nobody's work.
 * @throws when it does not end: nobody does it, or one fails again and again
 */
export async function quiet(client: pg.Client, companies: readonly string[]): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const { rowCount } = await client.query(
      `select from jobs where company_id = any ($1)
        and (status in ('waiting', 'running') or status = 'scheduled' and (attempts > 0 or run_at < now() + interval '30 s'))
        and name not like 'probe.%' limit 1`,
      [companies],
    );
    if (rowCount === 0) return;
    await delay(50);
  }
  throw new Error(
    'The work of the canary companies did not end within two minutes: no worker runs, or a job keeps failing.',
  );
}
