import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import type { Tag } from '../contract.ts';
import { tagCounts } from './queries.ts';

type Bare = Omit<Tag, 'contact_count' | 'deal_count'>;

/** Tags with how many contacts and deals carry them. */
export async function withCounts(company: CompanyStatements, tags: readonly Bare[]): Promise<Tag[]> {
  const names = tags.map(({ name }) => name);
  if (names.length === 0) return [];
  const [contacts, deals] = await Promise.all([
    company.many(tagCounts('contacts', names)),
    company.many(tagCounts('deals', names)),
  ]);
  const countIn = (rows: readonly { tag: string; count: number }[], name: string) =>
    rows.find(({ tag }) => tag === name)?.count ?? 0;
  return tags.map((tag) => ({
    ...tag,
    contact_count: countIn(contacts, tag.name),
    deal_count: countIn(deals, tag.name),
  }));
}
