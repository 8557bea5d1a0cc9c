import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { type Catalog, readCatalog } from './catalog.ts';
import { connectMigrator } from './connect.ts';
import { countOf } from './rows.ts';
import { ident } from './sql.ts';

interface Saved {
  table: string;
  columns: string[];
  rows: number;
  /** As in the ledger's counts. */
  checksum: string;
  file: string;
  sha256: string;
}

export interface Manifest {
  format: 'bulkhead-adopt-backup/1';
  database: string;
  method: 'pg_dump' | 'rows';
  made_at: string;
  tables: Saved[];
}

/**
 * Saves a database in a folder: with pg_dump where there is one as new as the server, which holds everything; otherwise
 * the rows of all tables, as one moment saw them, one JSON text a line. Either way with a manifest of counts and checksums.
 */
export async function backUp(
  url: string,
  folder: string,
  { method: wanted }: { method?: Manifest['method'] } = {},
): Promise<{ tables: number; rows: number; method: Manifest['method'] }> {
  const client = await connectMigrator(url);
  try {
    const catalog = await readCatalog(client);
    mkdirSync(folder, { mode: 0o700 });
    await client.query('begin transaction isolation level repeatable read read only');
    const method = wanted ?? ((await dumperFits(catalog)) ? 'pg_dump' : 'rows');
    if (method === 'pg_dump') {
      const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
      await dumped(url, join(folder, 'database.dump'), rows[0]!.snapshot);
    }
    const tables: Saved[] = [];
    for (const [n, table] of [...catalog.tables.values()].entries()) {
      const columns = table.columns.filter((c) => !c.generated).map(({ name }) => name);
      const { rows } = await client.query<{ rows: string; checksum: string }>(countOf(table.name, columns));
      const file = method === 'pg_dump' ? 'database.dump' : `${n}.jsonl`;
      if (method === 'rows') await saveRows(client, table.name, join(folder, file));
      tables.push({
        table: table.name,
        columns,
        rows: Number(rows[0]!.rows),
        checksum: rows[0]!.checksum,
        file,
        sha256: await digestOf(join(folder, file)),
      });
    }
    const manifest: Manifest = {
      format: 'bulkhead-adopt-backup/1',
      database: catalog.database,
      method,
      made_at: new Date().toISOString(),
      tables,
    };
    writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), method };
  } finally {
    await client.end();
  }
}

async function dumperFits({ version }: Catalog): Promise<boolean> {
  const said = await promisify(execFile)('pg_dump', ['--version']).catch(() => ({ stdout: '' }));
  return Number(/(\d+)/.exec(said.stdout)?.[1] ?? 0) >= Math.floor(version / 10_000);
}

/** The password goes by the environment: a command line is seen by every user of the machine. */
async function dumped(url: string, file: string, snapshot: string): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const child = spawn('pg_dump', ['--format=custom', `--snapshot=${snapshot}`, `--file=${file}`, address.href], {
    env: { ...process.env, ...(password !== '' && { PGPASSWORD: password }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`pg_dump ended with ${code}: ${said.trim()}`);
}

/** json keeps the text of json columns and all digits of numbers, and never has a line break between its parts. */
async function saveRows(client: Client, table: string, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await client.query(`declare saved no scroll cursor for select to_json(t)::text as line from ${table} t`);
    for (;;) {
      const { rows } = await client.query<{ line: string }>('fetch 2000 from saved');
      if (rows.length === 0) break;
      await file.write(`${rows.map(({ line }) => JSON.stringify(line)).join('\n')}\n`);
    }
    await client.query('close saved');
    await file.sync();
  } finally {
    await file.close();
  }
}

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
};

/**
 * Puts saved rows into the tables of the same names, which must be there and empty, and counts and sums them up against
 * the manifest; all or nothing. A backup by pg_dump is restored with pg_restore.
 * @throws when a file was changed, a table holds rows, or what arrived is not what was saved
 */
export async function restoreBackUp(url: string, folder: string): Promise<{ tables: number; rows: number }> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  if (manifest.method === 'pg_dump')
    throw new Error(
      `This backup was written by pg_dump: pg_restore --clean --if-exists --dbname <url> ${join(folder, 'database.dump')}`,
    );
  const client = await connectMigrator(url);
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    for (const { table, columns, file, sha256, rows, checksum } of manifest.tables) {
      if ((await digestOf(join(folder, file))) !== sha256) throw new Error(`${file} is not as it was saved.`);
      const { rowCount } = await client.query(`select from ${table} limit 1`);
      if (rowCount !== 0) throw new Error(`${table} holds rows: a backup is restored into empty tables.`);
      const names = columns.map(ident).join(', ');
      const put = (lines: string[]) =>
        client.query(
          `insert into ${table} (${names}) overriding system value select ${columns.map((c) => `r.${ident(c)}`).join(', ')}
           from unnest($1::json[]) l, json_populate_record(null::${table}, l) r`,
          [lines],
        );
      const lines: string[] = [];
      for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
        if (line !== '') lines.push(JSON.parse(line) as string);
        if (lines.length === 1000) await put(lines.splice(0));
      }
      if (lines.length > 0) await put(lines);
      const { rows: found } = await client.query<{ rows: string; checksum: string }>(countOf(table, columns));
      if (Number(found[0]!.rows) !== rows || found[0]!.checksum !== checksum)
        throw new Error(`${table} is not what was saved: nothing was restored.`);
    }
    await client.query('commit');
    return { tables: manifest.tables.length, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) };
  } finally {
    await client.end();
  }
}
