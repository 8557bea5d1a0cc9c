import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { ZipFile } from 'yazl';
import type { FoundCompany } from '../find-company.ts';
import { quoted } from '../tables.ts';
import { type Needles, needlesOf } from './needles.ts';
import { type Trace, traces } from './traces.ts';

/** Columns that prove who somebody is, and are nobody's to read. */
const SECRET = /(_hash|secret|token|recovery_codes)/;

/**
 * Writes all that a company holds of one person to a zip file: a JSON file for each table, with the rows that are about
 * them or mention them, and why each is there.
 * @returns rows by table
 */
export async function exportPerson(
  client: ClientBase,
  company: FoundCompany,
  email: string,
  path: string,
): Promise<{ rows: Record<string, number>; needles: Needles }> {
  const needles = await needlesOf(client, company.id, email);
  const byTable = grouped(await traces(client, company.id, needles), ({ table }) => table);
  if (byTable.size === 0) throw new Error(`${company.name} holds nothing of ${email}.`);
  const zip = new ZipFile();
  const rows: Record<string, number> = {};
  for (const [table, found] of byTable) {
    const held = await rowsOf(client, company.id, table, found);
    rows[table] = held.length;
    zip.addBuffer(Buffer.from(`${JSON.stringify(held, null, 2)}\n`), `${table}.json`);
  }
  zip.addBuffer(Buffer.from(readMe(company, email, rows, needles)), 'README.txt');
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600 }));
  return { rows, needles };
}

async function rowsOf(client: ClientBase, companyId: string, table: string, found: readonly Trace[]) {
  const reasons = grouped(found, ({ key }) => JSON.stringify(key));
  const held: { found_by: string[]; row: Record<string, unknown> }[] = [];
  for (const [key, why] of reasons) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${quoted(table)} t where company_id = $1 and to_jsonb(t) @> $2::jsonb`,
      [companyId, key],
    );
    for (const { row } of rows) {
      const shown = Object.fromEntries(Object.entries(row).filter(([name]) => !SECRET.test(name)));
      held.push({ found_by: why.map(({ kind, columns }) => `${kind} in ${columns.join(', ')}`), row: shown });
    }
  }
  return held;
}

function grouped(found: readonly Trace[], by: (trace: Trace) => string): Map<string, Trace[]> {
  const groups = new Map<string, Trace[]>();
  for (const trace of found) groups.set(by(trace), [...(groups.get(by(trace)) ?? []), trace]);
  return groups;
}

const readMe = (company: FoundCompany, email: string, rows: Record<string, number>, { shared }: Needles): string =>
  `What ${company.name} holds of ${email}, as of ${new Date().toISOString()}

Each file is a table. found_by says why a row is here; a row may name other people, whose data are theirs: look
through the files before they are handed out.

${Object.entries(rows)
  .map(([table, count]) => `${table}.json: ${count} rows`)
  .join('\n')}
${shared.map((what) => `\nNot searched for, because others have it as well: ${what}.`).join('')}
`;
