import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

export interface TestDatabase {
  url: string;
  client: pg.Client;
  appRole: string;
}

/** An empty database that goes when the test ends, with the role that its adoption makes. */
export async function emptyDatabase(schema = ''): Promise<TestDatabase> {
  const server = new URL(inject('adminUrl'));
  const admin = new pg.Client({ connectionString: server.href });
  await admin.connect();
  const name = `adopt_test_${randomBytes(6).toString('hex')}`;
  await admin.query(`create database ${name}`);
  server.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role if exists ${name}_app`);
    await admin.end();
  });
  await client.query(schema);
  return { url: server.href, client, appRole: `${name}_app` };
}
