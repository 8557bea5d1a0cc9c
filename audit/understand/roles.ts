import type { ClientBase } from 'pg';
import type { AuditConfig } from '../config.ts';
import type { Understanding } from '../result.ts';
import type { Catalog } from './catalog.ts';

interface Role {
  name: string;
  login: boolean;
  superuser: boolean;
  bypass: boolean;
  self: boolean;
  readsAll: boolean;
  writes: number;
}

/** The roles that serve requests: those that log in and have rights on tables, and those that policies are for. */
export async function findAppRoles(
  client: ClientBase,
  { policies }: Catalog,
  tables: string[],
  { appRoles, auditorRole }: AuditConfig,
  say: (note: Understanding) => void,
): Promise<string[]> {
  if (appRoles) {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any ($1)', [
      appRoles,
    ]);
    const missing = appRoles.filter((name) => !rows.some(({ rolname }) => rolname === name));
    if (missing.length > 0)
      throw new Error(`There is no role ${missing.join(', ')}: see appRoles in bulkhead.audit.json.`);
    say({ about: 'roles', how: 'given', what: `requests are served as ${appRoles.join(', ')}` });
    return appRoles;
  }
  const { rows } = await client.query<Role>(
    `select r.rolname as name, r.rolcanlogin as login, r.rolsuper as superuser, r.rolbypassrls as bypass, r.rolname = session_user as self,
      exists (select from pg_auth_members m where m.member = r.oid and m.roleid = to_regrole('pg_read_all_data')) as "readsAll",
      (select count(*)::int from unnest($1::text[]) t where has_table_privilege(r.oid, t, 'insert, update, delete')
         or has_any_column_privilege(r.oid, t, 'insert, update')) as writes
    from pg_roles r
    where r.rolname !~ '^pg_' and (r.rolcanlogin or r.rolname = any ($2))
      and exists (select from unnest($1::text[]) t where has_table_privilege(r.oid, t, 'select, insert, update, delete')
        or has_any_column_privilege(r.oid, t, 'select, insert, update'))
    order by writes desc, 1`,
    [tables.map(quoted), policies.flatMap(({ roles }) => roles)],
  );
  const able = rows.filter(({ superuser }) => superuser);
  // Whoever looks past policies and logged in to audit, or was made for it, is an auditor, not an app.
  const looks = ({ self, bypass, readsAll }: Role) => bypass && (self || readsAll);
  const auditors = rows.filter((role) => !role.superuser && !role.self && looks(role)).map(({ name }) => name);
  if (auditors.length > 0)
    say({
      about: 'roles',
      how: 'found',
      what: `${auditors.join(', ')} read everything past the policies, and are taken for auditors: name them in appRoles if they serve requests`,
    });
  const found = rows.filter((role) => !role.superuser && !looks(role) && role.name !== auditorRole);
  const names = found.map(({ name }) => name);
  if (names.length > 0)
    say({
      about: 'roles',
      how: 'found',
      what: `requests are served as ${names.join(', ')}, which have rights on tenants' tables`,
    });
  else {
    const only = able.map(({ name }) => name).join(', ');
    say({
      about: 'roles',
      how: 'unknown',
      what: `no role but superusers (${only}) has rights on tenants' tables: an app that logs in as one of them is bound by no policy. Name its role as appRoles`,
    });
  }
  return names;
}

const quoted = (table: string) =>
  table
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
