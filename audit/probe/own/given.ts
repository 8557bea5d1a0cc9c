import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { newSecret, writeToken } from '../../../features/auth/server/service.ts';
import { projectRoot } from '../../../server/platform/project-root.ts';
import type { Spare } from '../outside/ways.ts';

interface Whose {
  companyId: string;
  metricsToken: string | undefined;
  spare: Spare | undefined;
}

/**
 * What a recipe asks this installation for. The link of a letter is known to its reader alone: here it is exchanged for one
 * that the probe knows as well. Work that failed, and news, come about only by what goes wrong or by what others do.
 */
export async function given(client: pg.Client, whose: Whose, wanted: string): Promise<string | undefined> {
  const { companyId, spare, metricsToken } = whose;
  const [, table] = /^link (invitations|email_changes)$/.exec(wanted) ?? [];
  const { secret, hash } = newSecret();
  if (table !== undefined) {
    const { rowCount } = await client.query(
      `update ${pg.escapeIdentifier(table)} set token_hash = $1 where company_id = $2
        and id = (select id from ${pg.escapeIdentifier(table)} where company_id = $2 order by created_at desc, id desc limit 1)`,
      [hash, companyId],
    );
    return rowCount === 1 ? writeToken(companyId, secret) : undefined;
  }
  switch (wanted) {
    case 'link password_resets': {
      const { rowCount } = await client.query(
        `update password_resets r set token_hash = $1 from login_identities i where i.id = r.identity_id and i.email = $2
          and r.used_at is null`,
        [hash, spare?.email],
      );
      return rowCount === 1 ? secret.toString('base64url') : undefined;
    }
    case 'failed job':
      return id(
        client,
        companyId,
        `insert into jobs (company_id, name, status, user_id, last_error)
        select company_id, 'probe.failed', 'failed', id, 'made by the probe' from users where company_id = $1 and status = 'active' order by id limit 1
        returning id`,
      );
    case 'waiting job':
      return id(
        client,
        companyId,
        `insert into jobs (company_id, name, status, user_id, run_at)
        select company_id, 'probe.later', 'scheduled', id, now() + interval '1 year' from users where company_id = $1 and status = 'active' order by id limit 1
        returning id`,
      );
    case 'notification':
      return id(
        client,
        companyId,
        `insert into notifications (company_id, user_id, title, message)
        select company_id, id, 'Canary', 'made by the probe' from users where company_id = $1 and status = 'active' order by id limit 1
        returning id`,
      );
    case 'asset':
      return builtScript();
    case 'metrics token':
      return metricsToken;
    default:
      return undefined;
  }
}

/** The name of a script of the web app as it was built; undefined where it was not. */
export function builtScript(): string | undefined {
  const folder = join(projectRoot, 'dist/web/assets');
  return existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.js')) : undefined;
}

const id = async (client: pg.Client, companyId: string, sql: string): Promise<string> =>
  (await client.query(sql, [companyId])).rows[0].id;
