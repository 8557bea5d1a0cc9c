import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { ZipFile } from 'yazl';
import { deriveKey } from '../../server/platform/secrets.ts';
import type { FoundCompany } from '../find-company.ts';
import { fingerprints } from '../fingerprint.ts';
import { ownedTables } from '../tables.ts';
import { digestsOf, filesOf } from './company-files.ts';
import { companyFile, FORMAT, MANIFEST, type Manifest, tableFile } from './manifest.ts';
import { tableLines } from './table-lines.ts';

/**
 * Writes all rows and files of one company to a zip file, readable by its owner only: it holds password hashes.
 * @param client in a transaction that sees one moment (`reading`)
 */
export async function writeArchive(
  client: ClientBase,
  company: FoundCompany,
  dataFolder: string,
  path: string,
): Promise<Manifest> {
  const manifest = await manifestOf(client, company, dataFolder);
  const tables = (await ownedTables(client)).filter(({ name }) => manifest.tables[name] !== undefined);
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), MANIFEST);
  for (const table of tables) {
    zip.addReadStreamLazy(tableFile(table.name), { forceZip64Format: true }, (take) => {
      const lines = tableLines(client, table, company.id);
      lines.once('error', (error) => zip.emit('error', error));
      take(null, lines);
    });
  }
  for (const file of await filesOf(dataFolder, company.id)) {
    if (manifest.files[file.name]) zip.addFile(file.path, companyFile(file.name));
  }
  zip.end();
  // Under its own name there is only ever a whole archive.
  const draft = `${path}.part`;
  try {
    const failed = new Promise<never>((_, reject) => zip.once('error', reject));
    await Promise.race([pipeline(zip.outputStream, createWriteStream(draft, { mode: 0o600, flush: true })), failed]);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return manifest;
}

/** What an archive of the company, made now, would say of itself. */
export async function manifestOf(client: ClientBase, company: FoundCompany, dataFolder: string): Promise<Manifest> {
  const tables = await ownedTables(client);
  const prints = await fingerprints(client, tables, company.id);
  return {
    format: FORMAT,
    made_at: new Date().toISOString(),
    company,
    schema: await lastMigration(client),
    key_check: keyCheck(),
    tables: Object.fromEntries(
      tables.flatMap(({ name, columns }) => {
        const print = prints[name];
        return print === undefined ? [] : [[name, { columns: columns.map((column) => column.name), ...print }]];
      }),
    ),
    files: await digestsOf(dataFolder, company.id),
  };
}

export const keyCheck = (): string => deriveKey('check of archives').toString('hex').slice(0, 16);

/** Which migrations were applied is the owner's to read, not that of the role that reads the rows. */
export async function lastMigration(client: ClientBase): Promise<string> {
  await client.query('reset role');
  const { rows } = await client.query<{ file: string }>(
    'select file from migrations.applied order by file desc limit 1',
  );
  await client.query('set local role bulkhead_gate');
  return rows[0]?.file ?? '';
}
