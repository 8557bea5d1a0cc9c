import type { ClientBase } from 'pg';

/** What proves who somebody is, or would be done a second time, belongs to the original and not to its copy. */
const PROOFS = `
  with recursive out (name) as (
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (
      c.relname = 'jobs'
      or exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
        and a.attname in ('token_hash', 'key_hash', 'password_hash')))
    union
    select c.relname from out
    join pg_class p on p.relname = out.name and p.relnamespace = 'public'::regnamespace
    join pg_constraint k on k.confrelid = p.oid and k.contype = 'f'
    join pg_class c on c.oid = k.conrelid)
  select name from out`;

/** Tables that a copy under a new id does without: logins, keys, invitations, jobs, and what hangs on them. */
export async function leftOutOfCopies(client: ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(PROOFS);
  return new Set(rows.map(({ name }) => name));
}
