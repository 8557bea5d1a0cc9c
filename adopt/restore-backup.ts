import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Client } from 'pg';
import { digestOf, type Manifest, runTool } from './backup.ts';
import { connectMigrator } from './connect.ts';
import { hasLedger } from './ledger.ts';
import { countOf } from './rows.ts';
import { ident } from './sql.ts';
import { refuseStrangers } from './trust.ts';

export interface RestoreOptions {
  /** Removes what the tables hold now, where the backup is of rows alone; without it a table that holds rows is refused. */
  replace?: boolean;
  /** A database by another name than that which was saved is meant. */
  elsewhere?: boolean;
  /** Roles, no superusers, whose checks and casts may run as a superuser who restores. */
  trust?: readonly string[];
}

export interface Restored {
  tables: number;
  rows: number;
  method: Manifest['method'];
}

/**
 * Puts a backup back, and counts and sums up every table against its manifest: all of it, or nothing. Rows go into the
 * tables of the same names, which must be there; a backup by pg_dump makes them, by pg_restore, in an empty database.
 * @throws when a file was changed, a table holds rows, an adoption is under way, or what arrived is not what was saved
 */
export async function restoreBackUp(
  url: string,
  folder: string,
  { replace = false, elsewhere = false, trust = [] }: RestoreOptions = {},
): Promise<Restored> {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw new Error(`${folder} is no backup: it has no manifest.json.`);
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const client = await connectMigrator(url, { trust });
  try {
    await refuseStrangers(client, trust, manifest.owners);
    await refuseUnready(client, manifest, folder, { replace, elsewhere });
    if (manifest.method === 'pg_dump') {
      // One transaction: what fails leaves the database as it was.
      await runTool('pg_restore', url, ['--single-transaction', '--exit-on-error', join(folder, 'database.dump')]);
      await compare(client, manifest);
    } else {
      await client.query('begin');
      await putRows(client, manifest, folder, replace);
      await compare(client, manifest);
      await client.query('commit');
    }
    const { tables, method } = manifest;
    return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), method };
  } finally {
    await client.end();
  }
}

async function refuseUnready(
  client: Client,
  { database, tables, method }: Manifest,
  folder: string,
  { replace, elsewhere }: Pick<Required<RestoreOptions>, 'replace' | 'elsewhere'>,
): Promise<void> {
  const { rows } = await client.query<{ name: string; there: (string | null)[] }>(
    'select current_database() as name, array(select to_regclass(t)::text from unnest($1::text[]) with ordinality u (t, n) order by n) as there',
    [tables.map(({ table }) => table)],
  );
  const { name, there } = rows[0]!;
  if (name !== database && !elsewhere)
    throw new Error(
      `The backup is of the database ${database}, and this one is ${name}. If that is meant: --elsewhere.`,
    );
  if (await hasLedger(client))
    throw new Error(
      'An adoption of this database is under way, and its tables are not those that were saved. Take it back first: bulkhead adopt rollback. If that fails, restore into another, empty database with --elsewhere.',
    );
  const [standing] = tables.filter((_, i) => there[i] !== null);
  // pg_restore --clean cannot drop all that there may be, such as keys of partitions; and the old state is worth keeping.
  if (method === 'pg_dump' && standing)
    throw new Error(
      `The backup was written by pg_dump and makes its tables itself, and ${standing.table} is there: restore it into an empty database, with createdb and --elsewhere, and point the application to that.`,
    );
  const missing = tables.filter((_, i) => there[i] === null).map(({ table }) => table);
  if (method === 'rows' && missing.length > 0)
    throw new Error(
      `The backup holds rows alone, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there: make the tables first, as the application does.`,
    );
  for (const [i, { table, file, sha256 }] of tables.entries()) {
    // One dump is the file of every table.
    if ((i === 0 || file !== tables[0]!.file) && (await digestOf(join(folder, file))) !== sha256)
      throw new Error(`${file} is not as it was saved.`);
    if (replace || there[i] === null) continue;
    if ((await client.query(`select from ${table} limit 1`)).rowCount !== 0)
      throw new Error(
        `${table} holds rows: a backup is restored into empty tables. With --replace what they hold is removed.`,
      );
  }
}

async function putRows(
  client: Client,
  { tables, sequences = [] }: Manifest,
  folder: string,
  replace: boolean,
): Promise<void> {
  await client.query('set local session_replication_role = replica').catch((error: Error) => {
    throw new Error(
      `Rows are put back without the application's triggers, and this role may not keep those silent: connect as a superuser. (${error.message})`,
      { cause: error },
    );
  });
  if (replace && tables.length > 0) await client.query(`truncate ${tables.map(({ table }) => table).join(', ')}`);
  for (const { table, columns, file } of tables) {
    const names = columns.map(ident).join(', ');
    const put = (lines: string[]) =>
      client.query(
        `insert into ${table} (${names}) overriding system value select ${columns.map((c) => `r.${ident(c)}`).join(', ')}
         from unnest($1::json[]) l, json_populate_record(null::${table}, l) r`,
        [lines],
      );
    const lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Infinity })) {
      if (line !== '') lines.push(JSON.parse(line) as string);
      if (lines.length === 1000) await put(lines.splice(0));
    }
    if (lines.length > 0) await put(lines);
  }
  for (const { sequence, value, called } of sequences) {
    await client.query('select setval($1, $2, $3)', [sequence, value, called]);
  }
}

async function compare(client: Client, { tables, method }: Manifest): Promise<void> {
  for (const { table, columns, rows, checksum } of tables) {
    const { rows: found } = await client.query<{ rows: string; checksum: string }>(countOf(table, columns));
    if (Number(found[0]!.rows) === rows && found[0]!.checksum === checksum) continue;
    throw new Error(
      method === 'rows'
        ? `${table} is not what was saved: nothing was restored.`
        : `${table} is not what was saved, though pg_restore told of nothing.`,
    );
  }
}
