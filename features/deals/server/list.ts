import type { FastifyReply } from 'fastify';
import { foundPage } from '../../../server/platform/found-page.ts';
import { sendPage } from '../../../server/platform/list.ts';
import { ownedBy } from '../../../server/platform/owned.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { customFieldFilter } from '../../custom-fields/server/service.ts';
import { type DealQuery, dealFilters } from '../contract.ts';
import { type DealFilters, dealList } from './queries.ts';

const sorts = {
  created_at: { sql: 'deals.created_at', type: 'timestamptz', field: 'created_at' },
  updated_at: { sql: 'deals.updated_at', type: 'timestamptz', field: 'updated_at' },
  stage_entered_at: { sql: 'deals.stage_entered_at', type: 'timestamptz', field: 'stage_entered_at' },
  expected_close_date: {
    sql: 'deals.expected_close_date',
    type: 'date',
    field: 'expected_close_date',
    nullable: true,
  },
  value: { sql: 'deals.value', type: 'numeric', field: 'value' },
  title: { sql: 'deals.title collate "C"', type: 'text', field: 'title' },
};

/** The name that the board's cursors carry, so that a column is continued as the list of its stage. */
export const BOARD_LIST = 'deals -stage_entered_at';

/** A page of the deals that the user sees and that pass the query's filters. */
export async function dealPage(reply: FastifyReply, company: Company, query: DealQuery) {
  const custom_fields = await customFieldFilter(company, 'deals', query);
  const only: DealFilters = Object.fromEntries(
    dealFilters.filter((name) => query[name] !== undefined).map((name) => [name, query[name]]),
  );
  const list = {
    name: 'deals',
    table: 'deals',
    sorts,
    defaultSort: only.stage_id === undefined ? '-created_at' : '-stage_entered_at',
  };
  // Operators on numbers and JSON are not leakproof, and neither are those that search text.
  const { search, value_min, value_max, sort } = query;
  const leaky = [search, value_min, value_max, custom_fields].some((given) => given !== undefined);
  if (leaky || /^-?value$/.test(sort ?? '')) {
    const finder = { gate: 'find_deals', words: search ?? '', only: { ...only, custom_fields } };
    return foundPage(company, finder, { ...list, query: dealList({ deleted: only.deleted }) }, query);
  }
  return sendPage(
    reply,
    company,
    { ...list, query: ownedBy(dealList(only), 'deals.owner_id', company.context) },
    query,
  );
}
