import type { FastifyReply } from 'fastify';
import { foundPage } from '../../../server/platform/found-page.ts';
import { sendPage } from '../../../server/platform/list.ts';
import { ownedBy } from '../../../server/platform/owned.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { customFieldFilter } from '../../custom-fields/server/service.ts';
import { type ActivityQuery, activityFilters } from '../contract.ts';
import { type ActivityFilters, activityList } from './queries.ts';

const sorts = {
  created_at: { sql: 'activities.created_at', type: 'timestamptz', field: 'created_at' },
  updated_at: { sql: 'activities.updated_at', type: 'timestamptz', field: 'updated_at' },
  due_date: { sql: 'activities.due_date', type: 'timestamptz', field: 'due_date', nullable: true },
  completed_at: { sql: 'activities.completed_at', type: 'timestamptz', field: 'completed_at', nullable: true },
};

/** A page of the activities that the user sees and that pass the query's filters. */
export async function activityPage(reply: FastifyReply, company: Company, query: ActivityQuery) {
  const custom_fields = await customFieldFilter(company, 'activities', query);
  const only: ActivityFilters = Object.fromEntries(
    activityFilters.filter((name) => query[name] !== undefined).map((name) => [name, query[name]]),
  );
  const list = { name: 'activities', table: 'activities', sorts, defaultSort: '-created_at' };
  // Operators that search text or JSON are not leakproof.
  if (query.search !== undefined || custom_fields !== undefined) {
    const finder = { gate: 'find_activities', words: query.search ?? '', only: { ...only, custom_fields } };
    return foundPage(company, finder, { ...list, query: activityList({ deleted: only.deleted }) }, query);
  }
  return sendPage(
    reply,
    company,
    { ...list, query: ownedBy(activityList(only), 'activities.owner_id', company.context) },
    query,
  );
}
