import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../platform/project-root.ts';
import { migrate } from './migrate.ts';
import { LOGIN_ROLES, passwordOf, urlFor } from './roles.ts';

/**
 * Migrates the database and makes sure that its roles can log in with this installation's passwords.
 * @throws where the server's roles already serve another installation: taking them over would lock that one out.
 */
export async function prepareDatabase(adminUrl: string, onApply?: (file: string) => void): Promise<void> {
  const options = { adminUrl, folder: join(projectRoot, 'db/migrations') };
  await migrate(onApply === undefined ? options : { ...options, onApply });
  for (const role of LOGIN_ROLES) {
    if (await canLogIn(urlFor(role, adminUrl))) continue;
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    try {
      const { rows } = await admin.query(
        `select shobj_description(oid, 'pg_authid') as made_by from pg_roles where rolname = $1`,
        [role],
      );
      if (rows[0]?.made_by && process.env.BULKHEAD_TAKE_ROLES !== '1') {
        throw new Error(
          `The role ${role} of this PostgreSQL server belongs to another Bulkhead installation. ` +
            'Give this one the same BULKHEAD_SECRET, use another server, or set BULKHEAD_TAKE_ROLES=1 to take it over.',
        );
      }
      await admin.query(`alter role ${role} password ${admin.escapeLiteral(passwordOf(role))}`);
      await admin.query(`comment on role ${role} is 'a Bulkhead installation logs in with this'`);
    } finally {
      await admin.end();
    }
  }
}

async function canLogIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
