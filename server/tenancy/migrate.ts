import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

export interface MigrateOptions {
  /** A connection that may create roles and databases' objects: the embedded server's own, or DATABASE_URL. */
  adminUrl: string;
  /** Folder of the numbered SQL files. */
  folder: string;
  /** Told each file as it is applied. */
  onApply?: (file: string) => void;
}

const LOCK = 7_211_860_301;

/**
 * Applies the migrations that are missing, in order, each in a transaction of its own. Safe to run from several
 * processes at once. Throws where an applied file was changed afterwards: history is added to, never edited.
 */
export async function migrate({ adminUrl, folder, onApply }: MigrateOptions): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create schema if not exists migrations`);
    await client.query(`create table if not exists migrations.applied (
      file text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ file: string; sha256: string }>(
      'select file, sha256 from migrations.applied',
    );
    const applied = new Map(rows.map((row) => [row.file, row.sha256]));
    let count = 0;
    for (const file of (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()) {
      const sql = await readFile(join(folder, file), 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      const known = applied.get(file);
      if (known !== undefined) {
        if (known !== sha256) throw new Error(`migration ${file} was changed after it was applied`);
        continue;
      }
      onApply?.(file);
      await applyOne(client, file, sql, sha256);
      count += 1;
    }
    return count;
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, file: string, sql: string, sha256: string): Promise<void> {
  // What may change policies says so: an event trigger stops it anywhere else (0040_guards.sql).
  await client.query(`begin; set local app.migrating = 'on'`);
  try {
    await client.query(sql);
    await client.query('insert into migrations.applied (file, sha256) values ($1, $2)', [file, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${file} failed: ${(error as Error).message}`, { cause: error });
  }
}
