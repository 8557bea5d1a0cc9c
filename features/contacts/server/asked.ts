import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { customFieldFilter } from '../../custom-fields/server/service.ts';
import { filterCondition } from './conditions.ts';
import type { Asked } from './lists.ts';

/** What a query asks of the fields that the company defined, and by `filter`. @throws ProblemError 400 */
export async function asked(
  company: CompanyStatements,
  query: Readonly<Record<string, unknown>> & { filter?: string },
): Promise<Asked> {
  const custom = await customFieldFilter(company, 'contacts', query);
  return { custom, condition: await filterCondition(company, query.filter) };
}
