import { type Language, spoken } from '../../../contracts/languages.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';

/** What a colleague reads letters in: what they chose, or else their company. Without one: what the company chose. */
export async function languageOf(company: CompanyStatements, userId: string | null): Promise<Language> {
  const chosen = (await company.first(
    q
      .selectFrom('companies')
      .leftJoin('users', (join) => join.on('users.id', '=', userId as never))
      .select(['users.language as own', 'companies.language as company']),
  )) as { own: string | null; company: string } | undefined;
  return spoken([chosen?.own, chosen?.company]) ?? 'en';
}
