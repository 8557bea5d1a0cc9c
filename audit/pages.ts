import type { Auditor } from './rule.ts';
import type { Shape } from './shape.ts';
import { explain, smallestBatch, usual } from './walk.ts';

export interface Page<Row> {
  rows: Row[];
  looked: number;
  /** The last key on it, as text; null on the last page. */
  after: string[] | null;
}

interface Reading {
  /** The table, as SQL. */
  table: string;
  shape: Shape;
  /** What is read of each row, in SQL over `t`, each with a name. */
  columns: string[];
  /** Columns and from-clause of what comes of a page's rows, which are called `page`. */
  select: string[];
  from: string;
  after: string[] | null;
}

type Edge = { looked: string | null; last: string[] | null };

/**
 * Reads a table along its primary key, each page a short statement with a snapshot of its own; smaller ones where those
 * take too long.
 * @returns why it ended before the table did, if it did
 */
export async function* pages<Row extends object>(
  auditor: Auditor,
  reading: Reading,
): AsyncGenerator<Page<Row>, string | undefined> {
  const { client, limits } = auditor;
  let batch = limits.batch ?? usual.batch;
  let after = reading.after;
  for (;;) {
    let page: (Row & Edge)[];
    try {
      await client.query('set local enable_sort = off');
      ({ rows: page } = await client.query<Row & Edge>(sqlOf(reading, after !== null, batch), after ?? []));
    } catch (error) {
      const why = explain(error, limits);
      if (why === undefined || !auditor.breathe) throw error;
      await auditor.breathe();
      if (batch / 2 < smallestBatch) return why;
      batch = Math.floor(batch / 2);
      continue;
    }
    await client.query('set local enable_sort = default');
    const edge = page.find(({ looked }) => looked !== null);
    const looked = Number(edge?.looked ?? 0);
    after = looked < batch ? null : (edge?.last ?? null);
    yield { rows: page.filter((row) => row !== edge), looked, after };
    if (after === null) return undefined;
    await auditor.breathe?.();
  }
}

/** The edge of the page comes as one more row, so that its rows are read once. */
function sqlOf({ table, shape, columns, select, from }: Reading, goesOn: boolean, batch: number): string {
  const names = shape.key.map(({ name }) => `t.${name}`);
  const where = goesOn
    ? `where (${names.join(', ')}) > (${shape.key.map(({ type }, i) => `$${i + 1}::text::${type}`).join(', ')})`
    : '';
  const last = shape.key.map((_, i) => `k${i}::text`).join(', ');
  return `
    with page as materialized (
      select ${[...names.map((name, i) => `${name} as k${i}`), ...columns].join(', ')} from ${table} t ${where}
      order by ${names.join(', ')} limit ${batch}
    )
    select distinct ${select.join(', ')}, null::bigint as looked, null::text[] as last from page ${from}
    union all
    select ${select.map(() => 'null').join(', ')}, count(*), (select array[${last}] from page order by ${shape.key.map((_, i) => `k${i} desc`).join(', ')} limit 1)
    from page`;
}
