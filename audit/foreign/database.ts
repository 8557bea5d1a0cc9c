import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

export interface Foreign {
  /** A superuser's connection to it. */
  client: pg.Client;
  url: string;
  /** The URL of a login made as `bulkhead audit` asks for it, which is no superuser. */
  auditUrl: string;
  /** A connection of that login. */
  auditor: pg.Client;
  /** The role that serves requests; it may log in, with its own name as the password. */
  app: string;
  owner: string;
  drop(): Promise<void>;
}

/** Makes a database such as others have, from a script of this folder, with an owner and an app's role of its own. */
export async function foreignDatabase(
  adminUrl: string,
  script: string,
  { edit = (sql) => sql }: { edit?: (sql: string) => string } = {},
): Promise<Foreign> {
  const name = `foreign_${randomBytes(6).toString('hex')}`;
  const [app, owner, auditor] = [`${name}_app`, `${name}_owner`, `${name}_audit`];
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create role ${app} login password '${app}'`);
  await admin.query(`create role ${owner} nologin`);
  await admin.query(`create role ${auditor} login bypassrls password '${auditor}'`);
  const { rows } = await admin.query(`select 1 from pg_roles where rolname = 'pg_read_all_data'`);
  if (rows.length > 0) await admin.query(`grant pg_read_all_data, ${app} to ${auditor}`);
  await admin.query(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const sql = readFileSync(join(import.meta.dirname, script), 'utf8')
    .replaceAll(':owner', owner)
    .replaceAll(':app', app);
  await client.query(edit(sql));
  const auditUrl = new URL(url);
  auditUrl.username = auditor;
  auditUrl.password = auditor;
  const looking = new pg.Client({ connectionString: auditUrl.href });
  await looking.connect();
  return {
    client,
    url: url.href,
    auditUrl: auditUrl.href,
    auditor: looking,
    app,
    owner,
    async drop() {
      await Promise.all([client.end(), looking.end()]);
      await admin.query(`drop database ${name} with (force)`);
      await admin.query(`drop role ${app}, ${owner}, ${auditor}`);
      await admin.end();
    },
  };
}
