import { listPage } from '../../../server/platform/list.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import type { DealQuery } from '../contract.ts';
import { dealList } from './queries.ts';

const sorts = {
  created_at: { sql: 'deals.created_at', type: 'timestamptz', field: 'created_at' },
  updated_at: { sql: 'deals.updated_at', type: 'timestamptz', field: 'updated_at' },
  stage_entered_at: { sql: 'deals.stage_entered_at', type: 'timestamptz', field: 'stage_entered_at' },
  expected_close_date: {
    sql: "coalesce(deals.expected_close_date, 'infinity'::date)",
    type: 'date',
    field: 'expected_close_date',
    whenNull: 'infinity',
  },
  value: { sql: 'deals.value', type: 'numeric', field: 'value' },
  title: { sql: 'deals.title collate "C"', type: 'text', field: 'title' },
};

/** The name that the board's cursors carry, so that a column is continued as the list of its stage. */
export const BOARD_LIST = 'deals -stage_entered_at';

export async function dealPage(company: Company, query: DealQuery) {
  const { limit: _, cursor: __, page: ___, include_total: ____, sort, search, ...only } = query;
  // Numbers are compared by operators that are not leakproof, and so is text searched.
  const finding =
    search !== undefined ||
    only.value_min !== undefined ||
    only.value_max !== undefined ||
    /^-?value$/.test(sort ?? '');
  return listPage(
    company,
    {
      name: 'deals',
      table: 'deals',
      query: dealList(finding ? {} : only),
      sorts,
      defaultSort: only.stage_id === undefined ? '-created_at' : '-stage_entered_at',
      owner: 'deals.owner_id',
      finder: finding ? { gate: 'find_deals', words: search ?? '', only } : undefined,
    },
    query,
  );
}
