import type { ClientBase } from 'pg';
import { isUuid } from './find-company.ts';
import { ownedTables, quoted } from './tables.ts';

/** Somebody, or some row, and the company that they are of. */
export interface Whereabouts {
  /** What it is: a user, a login, an invitation, or the table of a row. */
  kind: string;
  id: string;
  companyId: string | null;
  companyName: string | null;
  companyStatus: string | null;
  /** What an operator may know of it: who, and how they stand. Never what a company wrote. */
  about: string;
}

const BY_EMAIL = `
  select 'user' as kind, u.id, u.company_id, u.email || ', ' || u.user_role || ', ' || u.status
    || coalesce(', last here ' || to_char(u.last_login_at, 'YYYY-MM-DD HH24:MI') || ' UTC', ', never logged in') as about
  from users u where u.email = $1::citext or u.id = $2
  union all
  select 'login', i.id, i.company_id, i.email || case when i.is_super_admin then ', super admin of the platform' else '' end
    || case when i.password_hash is null then ', no password yet' else '' end
    || case when i.totp_confirmed_at is not null then ', two steps' else '' end
  from login_identities i where i.email = $1::citext or i.id = $2
  union all
  select 'invitation', v.id, v.company_id, v.email || ', as ' || v.user_role || ', ' || case
      when v.accepted_at is not null then 'accepted' when v.revoked_at is not null then 'taken back'
      when v.expires_at < now() then 'expired' else 'open' end
  from invitations v where v.email = $1::citext or v.id = $2
  union all
  select 'company', c.id, c.id, c.status from companies c where c.id = $2`;

/** Whose user, or whose row, is this? By e-mail address, or by the id of anything at all. */
export async function whois(client: ClientBase, wanted: string): Promise<Whereabouts[]> {
  const id = isUuid(wanted) ? wanted : null;
  const known = await client.query<Named>(`${NAMED} (${BY_EMAIL}) f ${WITH_COMPANY}`, [
    id === null ? wanted : null,
    id,
  ]);
  const found = known.rows.map(whereabouts);
  if (id === null) return found;
  const seen = new Set(['companies', 'users', 'login_identities', 'invitations']);
  for (const { name, key } of await ownedTables(client)) {
    if (seen.has(name) || key.length !== 1 || key[0] !== 'id') continue;
    const { rows } = await client.query<Named>(
      `${NAMED} (select '${name}' as kind, id, company_id, 'a row of this table' as about from ${quoted(name)}
        where company_id in (select id from companies) and id = $1) f ${WITH_COMPANY}`,
      [id],
    );
    found.push(...rows.map(whereabouts));
  }
  return found;
}

interface Named {
  kind: string;
  id: string;
  company_id: string | null;
  name: string | null;
  status: string | null;
  about: string;
}
const NAMED = 'select f.kind, f.id, f.company_id, c.name, c.status, f.about from';
const WITH_COMPANY = 'left join companies c on c.id = f.company_id';

const whereabouts = ({ kind, id, company_id, name, status, about }: Named): Whereabouts => ({
  kind,
  id,
  companyId: company_id,
  companyName: name,
  companyStatus: status,
  about,
});
