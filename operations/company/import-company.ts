import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { makeFolder } from '../../server/platform/data-folder.ts';
import { dropFilesOf, foldersOf } from '../archive/company-files.ts';
import { companyFile, type Manifest, tableFile } from '../archive/manifest.ts';
import type { Archive } from '../archive/read-archive.ts';
import { keyCheck, lastMigration, manifestOf } from '../archive/write-archive.ts';
import { logOperation, type PuttingBack, puttingBack } from '../operator.ts';
import { quoted } from '../tables.ts';
import { brokenReferences } from './broken-references.ts';
import { differences } from './differences.ts';
import { leftOutOfCopies } from './left-out.ts';
import { parentsFirst } from './parents-first.ts';
import { putReferences, putRows } from './put-rows.ts';
import { refuseWhatIsTaken } from './refuse-taken.ts';

export interface ImportOptions {
  /** A copy with an id of its own, without logins: to look at, beside the original. */
  asNew?: boolean;
  /** The archive is of an installation with another key: two-step logins start anew. */
  resetTwoStep?: boolean;
  /** Whether this installation's key is that of the archive; else it is looked at. */
  sameKey?: boolean;
}

export interface Imported {
  companyId: string;
  /** What is here now, counted anew. */
  manifest: Manifest;
  leftOut: string[];
  twoStepReset: number;
}

/**
 * Brings a company from its archive into this installation: all of it, compared by counts and hashes, or nothing.
 * The rows are those of the archive, with their ids and times; no trigger ran for them.
 */
export function importCompany(
  adminUrl: string,
  dataFolder: string,
  archive: Archive,
  options: ImportOptions = {},
): Promise<Imported> {
  return puttingBack(adminUrl, async (client, { keysChecked }) => {
    const { manifest } = archive;
    await refuseOtherSchema(client, manifest);
    const companyId = options.asNew ? await newId(client) : manifest.company.id;
    const leftOut = options.asNew ? await leftOutOfCopies(client) : new Set<string>();
    if ((await foldersOf(dataFolder, companyId)).length > 0) {
      throw new Error(`There are files of the company ${companyId} here already. Nothing was changed.`);
    }
    // Plans are made while tables look empty, and would read them through for each row that comes.
    await client.query('set local enable_seqscan = off');
    await putTables(client, archive, companyId, leftOut, { ...options, keysChecked });
    await client.query('set local enable_seqscan = on');
    await lookOver(client, Object.keys(manifest.tables));
    try {
      await putFiles(archive, dataFolder, companyId);
      const company = { ...manifest.company, id: companyId };
      const found = await manifestOf(client, company, dataFolder);
      const aside = options.asNew ? new Set([...leftOut, 'companies']) : leftOut;
      // Others may wait for the end of this, so that nothing is looked at twice.
      const broken = keysChecked ? [] : await brokenReferences(client, companyId);
      const wrong = [...differences(manifest, found, aside), ...broken];
      if (wrong.length > 0)
        throw new Error(`The archive is not what it says. Nothing was changed.\n${wrong.join('\n')}`);
      await settle(client, companyId);
      const twoStepReset = await resetTwoStep(client, manifest, companyId, options);
      await logOperation(client, 'company_imported', companyId, {
        made_at: manifest.made_at,
        ...(options.asNew ? { copy_of: manifest.company.id } : {}),
      });
      return {
        companyId,
        manifest: found,
        leftOut: [...leftOut].filter((name) => manifest.tables[name]),
        twoStepReset,
      };
    } catch (error) {
      await dropFilesOf(dataFolder, companyId);
      throw error;
    }
  });
}

async function refuseOtherSchema(client: ClientBase, { schema }: Manifest): Promise<void> {
  const here = await lastMigration(client);
  if (here !== schema) {
    const what =
      here < schema ? 'Upgrade this installation first' : 'Import it where it came from, upgrade, export again';
    throw new Error(`The archive was made after the migration ${schema}; this database is at ${here}. ${what}.`);
  }
}

async function newId(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select app.uuid7() as id');
  return String(rows[0]?.id);
}

async function putTables(
  client: ClientBase,
  archive: Archive,
  companyId: string,
  leftOut: ReadonlySet<string>,
  { asNew, keysChecked }: ImportOptions & PuttingBack,
): Promise<void> {
  const here = await parentsFirst(client);
  const parts = archive.manifest.tables;
  for (const name of Object.keys(parts)) {
    if (!leftOut.has(name) && !here.some(({ table }) => table.name === name))
      throw new Error(`The archive knows a table that is not there: ${name}`);
  }
  for (const { table, toItself } of here) {
    const part = parts[table.name];
    if (part === undefined || leftOut.has(table.name)) continue;
    const lines = () => archive.open(tableFile(table.name));
    // A domain is one company's.
    const without = new Set([
      ...(asNew && table.name === 'companies' ? ['domain'] : []),
      ...(keysChecked ? toItself : []),
    ]);
    const put = async () => putRows(client, table, part.columns, companyId, await lines(), without);
    await refuseWhatIsTaken(put);
    if (keysChecked && toItself.length > 0) {
      await putReferences(client, table, part.columns, companyId, await lines(), toItself);
    }
  }
}

/** Lets the planner know of the rows that came, before they are counted and checked. */
async function lookOver(client: ClientBase, tables: readonly string[]): Promise<void> {
  await client.query('set local role bulkhead_owner');
  await client.query(`analyze ${tables.map(quoted).join(', ')}`);
  await client.query('set local role bulkhead_gate');
}

/** A company that was deleted when it was archived comes back to life, without the job that waits to purge it. */
async function settle(client: ClientBase, companyId: string): Promise<void> {
  await client.query(
    `update companies set status = 'active', suspended_reason = null, deleted_at = null
     where id = $1 and status = 'deleted'`,
    [companyId],
  );
  await client.query(`delete from jobs where company_id = $1 and name = 'companies.purge'`, [companyId]);
}

async function putFiles(archive: Archive, dataFolder: string, companyId: string): Promise<void> {
  for (const [name, { sha256 }] of Object.entries(archive.manifest.files)) {
    const [kind = '', ...rest] = name.split('/');
    const path = join(dataFolder, kind, companyId, ...rest);
    makeFolder(join(dataFolder, kind));
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    const source = await archive.open(companyFile(name));
    source.on('data', (chunk: Buffer) => hash.update(chunk));
    await pipeline(source, createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }));
    if (hash.digest('hex') !== sha256) throw new Error(`The archive is damaged: ${name} is not what it was.`);
  }
}

/** What the other installation sealed cannot be opened here. */
async function resetTwoStep(
  client: ClientBase,
  { key_check }: Manifest,
  companyId: string,
  { resetTwoStep, asNew, sameKey = key_check === keyCheck() }: ImportOptions,
): Promise<number> {
  if (asNew || sameKey) return 0;
  const sealed = `company_id = $1 and totp_secret is not null`;
  const { rows } = await client.query(`select count(*)::int as n from login_identities where ${sealed}`, [companyId]);
  if (rows[0].n === 0) return 0;
  if (!resetTwoStep) {
    throw new Error(
      `This installation has another key than the one that the archive comes from: the second step of ${rows[0].n} logins ` +
        'could not be checked here. Give both the same BULKHEAD_SECRET, or use --reset-two-step and have those people set it up anew.',
    );
  }
  const { rowCount } = await client.query(
    `update login_identities set totp_secret = null, totp_confirmed_at = null, recovery_codes = '{}' where ${sealed}`,
    [companyId],
  );
  return rowCount ?? 0;
}
