import type { ClientBase } from 'pg';
import { lineOf, type OwnedTable, quoted } from './tables.ts';

/** How many rows of a company a table holds, and a hash of them all, in whatever order they lie. */
export interface Fingerprint {
  rows: number;
  hash: string;
}

/** What the platform says about a company, and not the company: it differs between a source and its copy. */
const STANDING = new Set(['status', 'suspended_reason', 'deleted_at', 'updated_at', 'version']);

/** The sum of all rows' SHA-256, word by word: equal for equal rows, and no row has to be kept or sorted. */
const SUMS = [1, 9, 17, 25]
  .map((from) => `coalesce(sum(('x' || encode(substring(h from ${from} for 8), 'hex'))::bit(64)::bigint::numeric), 0)`)
  .join(` || ' ' || `);

export async function fingerprintOf(client: ClientBase, table: OwnedTable, companyId: string): Promise<Fingerprint> {
  const columns = table.name === 'companies' ? table.columns.filter(({ name }) => !STANDING.has(name)) : table.columns;
  const { rows } = await client.query<{ rows: string; hash: string }>(
    `select count(*) as rows, encode(sha256(convert_to(count(*) || ' ' || ${SUMS}, 'UTF8')), 'hex') as hash
     from (select sha256(convert_to(${lineOf(columns)}, 'UTF8')) as h from ${quoted(table.name)}
       where ${quoted(table.owner)} = $1) lines`,
    [companyId],
  );
  return { rows: Number(rows[0]?.rows), hash: String(rows[0]?.hash) };
}

/** By table, of those that hold any row. */
export async function fingerprints(
  client: ClientBase,
  tables: readonly OwnedTable[],
  companyId: string,
): Promise<Record<string, Fingerprint>> {
  const all: Record<string, Fingerprint> = {};
  for (const table of tables) {
    const fingerprint = await fingerprintOf(client, table, companyId);
    if (fingerprint.rows > 0) all[table.name] = fingerprint;
  }
  return all;
}
