import type { Company } from '../../../server/tenancy/door.ts';
import { oneImport } from './queries.ts';

/** Tells the import's user how it ended. */
export async function tellOutcome(company: Company, id: string): Promise<void> {
  const it = await company.first(oneImport({ id }));
  if (it?.user_id == null) return;
}
