import type { Draft } from '../draft.ts';
import type { Step } from '../plan.ts';
import { countOf } from '../rows.ts';
import { literal } from '../sql.ts';

/** Counts and sums up every table before anything is touched. The order of rows does not matter to the sum. */
export function count({ catalog, decisions }: Draft): Step[] {
  const added = new Set([decisions.tenant.column]);
  return [...catalog.tables.values()].map((table) => {
    const columns = table.columns.filter(({ name }) => !added.has(name)).map(({ name }) => name);
    return {
      name: `count ${table.name}`,
      phase: 'count',
      kind: 'once',
      table: table.name,
      do: [
        `insert into bulkhead_adopt.counts (table_name, columns, rows_before, checksum_before)
select ${literal(table.name)}, ${literal(JSON.stringify(columns))}::jsonb, counted.rows, counted.checksum
from (${countOf(table.name, columns)}) counted
on conflict do nothing`,
      ],
      undo: [],
    };
  });
}
