import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

export interface Foreign {
  /** A superuser's connection to it. */
  client: pg.Client;
  url: string;
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
  const [app, owner] = [`${name}_app`, `${name}_owner`];
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create role ${app} login password '${app}'`);
  await admin.query(`create role ${owner} nologin`);
  await admin.query(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const sql = readFileSync(join(import.meta.dirname, script), 'utf8')
    .replaceAll(':owner', owner)
    .replaceAll(':app', app);
  await client.query(edit(sql));
  return {
    client,
    url: url.href,
    app,
    owner,
    async drop() {
      await client.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.query(`drop role ${app}, ${owner}`);
      await admin.end();
    },
  };
}
