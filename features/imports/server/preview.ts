import { found } from '../../../server/platform/problems.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import type { PreviewRow } from '../contract.ts';
import { draftOf } from './drafts.ts';
import { pathOf } from './import-file.ts';
import { matchOnly } from './matches.ts';
import { openTable } from './parse/open-table.ts';
import type { TableRow } from './parse/table.ts';
import { importFile } from './queries.ts';
import { readable } from './readable.ts';
import { readRules } from './rules.ts';

const ROWS = 10;

/** The first rows as they would become; nothing is written. */
export async function previewOf(company: Company, id: string, sample?: readonly TableRow[]): Promise<PreviewRow[]> {
  const rules = found(await readRules(company, id));
  const rows = (sample ?? (await firstRows(company, id))).slice(0, ROWS);
  const drafts = rows.map((row) => draftOf(row, rules));
  const decision = await matchOnly(company, drafts, rules);
  return drafts.map(({ number, cells }, n) => ({
    row: number,
    cells,
    outcome: decision.outcomes[n] as PreviewRow['outcome'],
    contact: decision.contacts[n] as Record<string, unknown>,
    problems: decision.errors.find(({ row }) => row === number)?.problems ?? [],
  }));
}

async function firstRows(company: Company, id: string): Promise<TableRow[]> {
  const { file_key, kind, file_name } = found(await company.first(importFile(id)));
  const path = pathOf(company.context.companyId, file_key);
  return readable(async () => (await sampleOf(path, kind, file_name, ROWS)).rows);
}

/** Headers and the first rows of a file. */
export async function sampleOf(path: string, kind: 'csv' | 'xlsx', fileName: string, most: number) {
  const table = await openTable(path, { kind, fileName });
  try {
    const rows: TableRow[] = [];
    for await (const row of table.rows()) {
      rows.push(row);
      if (rows.length >= most) break;
    }
    return { headers: table.headers, rows };
  } finally {
    await table.close();
  }
}
