import { join } from 'node:path';
import pg from 'pg';
import type { Config } from './config.ts';
import { dataFolder } from './data-folder.ts';
import { startPostgres } from './postgres/start.ts';

export interface Database {
  /** Address of Bulkhead's database with an administrator's rights. */
  adminUrl: string;
  stop(): Promise<void>;
}

/** The PostgreSQL server that DATABASE_URL names, or the one that comes with Bulkhead, kept in the data folder. */
export async function openDatabase({ databaseUrl }: Pick<Config, 'databaseUrl'>): Promise<Database> {
  if (databaseUrl !== undefined) return { adminUrl: databaseUrl, stop: async () => undefined };
  const server = await startPostgres({ dataDir: join(dataFolder(), 'postgres') });
  const url = new URL(server.adminUrl);
  await createDatabase(url.href, 'bulkhead');
  url.pathname = '/bulkhead';
  return { adminUrl: url.href, stop: () => server.stop() };
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
