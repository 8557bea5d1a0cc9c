import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import type { ContactSummary } from '../contract.ts';

interface Group {
  status: string | null;
  source: string | null;
  owner_id: string | null;
  kind: number;
  count: number;
  recent: number;
}

// The month is the company's own: it begins at midnight where the company is.
const monthStart = sql<string>`(
  select date_trunc('month', now() at time zone companies.timezone) at time zone companies.timezone
  from companies)`;

// grouping() is a bit mask of the columns that a row is NOT grouped by: 3 status, 5 source, 6 owner, 7 all together.
const groups = () =>
  q
    .selectFrom('contacts')
    .select(['status', 'source', 'owner_id'])
    .select([
      sql<number>`grouping(status, source, owner_id)`.as('kind'),
      sql<number>`count(*)::int`.as('count'),
      sql<number>`(count(*) filter (where contacts.created_at >= ${monthStart}))::int`.as('recent'),
    ])
    .where('deleted_at', 'is', null)
    .groupBy(sql`grouping sets ((status), (source), (owner_id), ())`);

/** How many contacts the caller sees, by status, source and owner. */
export async function contactSummary(company: CompanyStatements): Promise<Static<typeof ContactSummary>> {
  const rows = (await company.many(groups())) as Group[];
  const all = rows.find(({ kind }) => kind === 7);
  const of = (kind: number) => rows.filter((row) => row.kind === kind).sort((a, b) => b.count - a.count);
  return {
    total: all?.count ?? 0,
    new_this_month: all?.recent ?? 0,
    by_status: Object.fromEntries(of(3).map(({ status, count }) => [status, count])),
    by_source: Object.fromEntries(of(5).map(({ source, count }) => [source ?? 'none', count])),
    by_owner: of(6).map(({ owner_id, count }) => ({ owner_id: owner_id as string, count })),
  };
}
