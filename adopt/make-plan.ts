import { readCatalog } from './catalog.ts';
import { type Answers, answered, classify } from './classify.ts';
import { connectMigrator } from './connect.ts';
import { draft } from './draft.ts';
import { hasLedger, noted } from './ledger.ts';
import type { Decisions, Plan } from './plan.ts';

/**
 * Reads a database and writes the plan of its adoption; it changes nothing.
 * @param from decisions to write the statements for, as a person edited them, or answers to decide with
 * @throws when an adoption of the database is under way
 */
export async function makePlan(url: string, from: Answers | Decisions = {}): Promise<Plan> {
  const client = await connectMigrator(url, { reads: true });
  try {
    if ((await hasLedger(client)) && (await noted(client)).length > 0) {
      throw new Error(
        'An adoption of this database is under way. Finish it with "bulkhead adopt apply", or take it back with "bulkhead adopt rollback", before planning anew.',
      );
    }
    const catalog = await readCatalog(client);
    return draft(catalog, 'tables' in from ? answered(from) : classify(catalog, from));
  } finally {
    await client.end();
  }
}
