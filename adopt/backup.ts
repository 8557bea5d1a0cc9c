import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { type Catalog, readCatalog } from './catalog.ts';
import { connectMigrator } from './connect.ts';
import { countOf } from './rows.ts';
import { strangersIn } from './trust.ts';

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
  /** Who is no superuser and owned tables, types or functions: putting them back runs what they made of them. */
  owners?: string[];
  /** Where the rows alone were saved: each sequence, quoted and with its schema, and where it stands. */
  sequences?: { sequence: string; value: string; called: boolean }[];
}

/**
 * Saves a database in a folder: with pg_dump where there is one as new as the server, which holds everything; otherwise
 * the rows of all tables, as one moment saw them, one JSON text a line. Either way with a manifest of counts and checksums.
 * @throws when rows alone would not hold everything, or the folder is there
 */
export async function backUp(
  url: string,
  folder: string,
  { method: wanted, trust = [] }: { method?: Manifest['method']; trust?: readonly string[] } = {},
): Promise<{ tables: number; rows: number; method: Manifest['method'] }> {
  const client = await connectMigrator(url, { trust });
  try {
    const catalog = await readCatalog(client);
    const method = wanted ?? ((await dumperFits(catalog)) ? 'pg_dump' : 'rows');
    if (method === 'rows') refuseInheritance(catalog);
    mkdirSync(folder, { mode: 0o700 });
    await client.query('begin transaction isolation level repeatable read read only');
    if (method === 'pg_dump') {
      const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
      await runTool('pg_dump', url, [
        '--format=custom',
        `--snapshot=${rows[0]!.snapshot}`,
        `--file=${join(folder, 'database.dump')}`,
      ]);
    }
    const dump = method === 'pg_dump' ? await digestOf(join(folder, 'database.dump')) : undefined;
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
        sha256: dump ?? (await digestOf(join(folder, file))),
      });
    }
    const manifest: Manifest = {
      format: 'bulkhead-adopt-backup/1',
      database: catalog.database,
      method,
      made_at: new Date().toISOString(),
      tables,
      owners: await strangersIn(client),
      ...(method === 'rows' && { sequences: await sequencesOf(client, catalog) }),
    };
    writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), method };
  } finally {
    await client.end();
  }
}

/** Read through its parent, a row of a table that inherits from it lacks its own columns, and would come back as the parent's. */
function refuseInheritance({ tables }: Catalog): void {
  const [heir] = [...tables.values()].filter(({ partitioned, leaves }) => !partitioned && leaves.length > 1);
  if (heir)
    throw new Error(
      `${heir.leaves.filter((leaf) => leaf !== heir.name).join(', ')} inherits from ${heir.name}, and such rows cannot be saved whole without pg_dump: install the pg_dump of the server's version.`,
    );
}

async function sequencesOf(client: Client, { tables }: Catalog): Promise<NonNullable<Manifest['sequences']>> {
  const found: NonNullable<Manifest['sequences']> = [];
  for (const sequence of [...tables.values()].flatMap((table) => table.sequences)) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value as value, is_called as called from ${sequence}`,
    );
    found.push({ sequence, ...rows[0]! });
  }
  return found;
}

async function dumperFits({ version }: Catalog): Promise<boolean> {
  const said = await promisify(execFile)('pg_dump', ['--version']).catch(() => ({ stdout: '' }));
  return Number(/(\d+)/.exec(said.stdout)?.[1] ?? 0) >= Math.floor(version / 10_000);
}

/** The password goes by the environment: a command line is seen by every user of the machine. */
export async function runTool(tool: 'pg_dump' | 'pg_restore', url: string, args: readonly string[]): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const child = spawn(tool, [...args, `--dbname=${address.href}`], {
    env: { ...process.env, ...(password !== '' && { PGPASSWORD: password }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${tool} ended with ${code}: ${said.trim()}`);
}

/** json keeps the text of json columns and all digits of numbers, and never has a line break between its parts. */
async function saveRows(client: Client, table: string, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await client.query(`declare saved no scroll cursor for select to_json(t)::text as line from ${table} t`);
    for (;;) {
      const { rows } = await client.query<{ line: string }>('fetch 2000 from saved');
      if (rows.length === 0) break;
      // Not write, which may write less than it was given.
      await file.appendFile(`${rows.map(({ line }) => JSON.stringify(line)).join('\n')}\n`);
    }
    await client.query('close saved');
    await file.sync();
  } finally {
    await file.close();
  }
}

export const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
};
