import type { ClientBase } from 'pg';
import { dropFilesOf } from '../archive/company-files.ts';
import type { FoundCompany } from '../find-company.ts';
import { logOperation, writing } from '../operator.ts';
import { ownedTables, quoted } from '../tables.ts';

/** Days between a company's deletion and that of its rows, as on the platform's pages. */
export const DAYS_TO_THINK_AGAIN = 7;

/** Nobody reaches the company from now on; its rows go in a week, by a job. */
export async function deleteCompany(client: ClientBase, { id, status }: FoundCompany): Promise<void> {
  if (status === 'deleted') throw new Error('The company is deleted already. To remove its rows at once, use --now.');
  await client.query(
    `update companies set status = 'deleted', deleted_at = now(), suspended_reason = null where id = $1`,
    [id],
  );
  await client.query(
    `update sessions set revoked_at = now(), revoked_reason = 'deleted' where company_id = $1 and revoked_at is null`,
    [id],
  );
  await client.query(`select set_config('app.company_id', $1, true)`, [id]);
  await client.query(
    `select gate.enqueue('companies.purge', '{}', now() + make_interval(days => $1, hours => 1), 'purge', 25, 0)`,
    [DAYS_TO_THINK_AGAIN],
  );
  await logOperation(client, 'deleted', id, { before: status });
}

/** Takes a deletion back, as long as the rows are there. Sessions that it ended stay ended. */
export async function restoreCompany(client: ClientBase, { id, status }: FoundCompany): Promise<void> {
  if (status !== 'deleted') throw new Error(`The company is not deleted: it is ${status}.`);
  await client.query(`update companies set status = 'active', deleted_at = null where id = $1`, [id]);
  await client.query(`delete from jobs where company_id = $1 and name = 'companies.purge'`, [id]);
  await logOperation(client, 'reinstated', id, { before: status });
}

/**
 * Removes all rows and files of a company for good, and looks in every table whether any is left.
 * @returns how many rows were removed, by table
 */
export function purgeCompany(
  adminUrl: string,
  dataFolder: string,
  { id, name }: FoundCompany,
): Promise<Record<string, number>> {
  return writing(adminUrl, async (client) => {
    const removed = await rowsOf(client, id);
    await client.query('delete from companies where id = $1', [id]);
    const left = Object.entries(await rowsOf(client, id));
    if (left.length > 0) {
      throw new Error(`Rows would remain, so nothing was removed: ${left.map((pair) => pair.join(' ')).join(', ')}`);
    }
    await logOperation(client, 'purged', id, { name, rows: removed });
    // Before the commit: what breaks off here is done again.
    await dropFilesOf(dataFolder, id);
    return removed;
  });
}

async function rowsOf(client: ClientBase, companyId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, owner } of await ownedTables(client)) {
    const { rows } = await client.query<{ rows: string }>(
      `select count(*) as rows from ${quoted(name)} where ${quoted(owner)} = $1`,
      [companyId],
    );
    if (Number(rows[0]?.rows) > 0) counts[name] = Number(rows[0]?.rows);
  }
  return counts;
}
