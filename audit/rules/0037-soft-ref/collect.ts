import type { Auditor } from '../../rule.ts';
import { shapeOf } from '../../shape.ts';
import { withoutOwn } from './lookups.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import type { Source } from './sources.ts';
import type { Target } from './targets.ts';

/** A column that names so many ids of nothing that is its tenant's holds something else, as tokens or another system's ids. */
const enough = 20_000;
/** Positions are kept after so many pages: what was collected goes with them. */
const keepEvery = 10;

interface Kept {
  rest: Mention[];
  full: string[];
}

/**
 * The ids in a table's rows that are of no row of their own tenant, all of them or as many as there may be; resumed
 * where an earlier run broke off.
 */
export async function collect(
  auditor: Auditor,
  source: Source,
  targets: readonly Target[],
): Promise<{ rest: Mention[]; gap?: string }> {
  const { limits } = auditor;
  const { table } = source;
  if (!source.visible) return { rest: [], gap: `${table} is hidden from the auditor` };
  const check = `soft-ref ${table}`;
  const position = limits.state?.get(check);
  const { rest, full } = (position?.kept as Kept | undefined) ?? { rest: [], full: [] };
  if (position?.after === null) return { rest, ...gapOf(table, full) };
  const { rows } = await shapeOf(auditor, table);
  const order = new Map<string, Target>();
  let columns = source.columns.filter(({ name }) => !full.includes(name));
  let after = position?.after ?? null;
  let looked = position?.looked ?? 0;
  for (;;) {
    if (columns.length === 0) return finish();
    const reading = mentionsIn(auditor, { ...source, columns }, after);
    const overflowing: string[] = [];
    for (let page = 1; ; page += 1) {
      const next = await reading.next();
      if (next.done) return next.value === undefined ? finish() : { rest, gap: next.value };
      looked += next.value.looked;
      after = next.value.after;
      rest.push(...(await withoutOwn(auditor, targets, next.value.rows, order)));
      limits.onRows?.({ table, done: looked, of: Math.max(rows, looked) });
      for (const { name } of columns)
        if (rest.filter(({ column }) => column === name).length >= enough) overflowing.push(name);
      if (after !== null && page % keepEvery === 0)
        limits.state?.set(check, { after, looked, bad: [], kept: { rest, full } });
      if (overflowing.length > 0 && after !== null) break;
    }
    // From here on without them.
    full.push(...overflowing);
    columns = columns.filter(({ name }) => !full.includes(name));
  }

  function finish() {
    limits.state?.set(check, { after: null, looked, bad: [], kept: { rest, full } });
    return { rest, ...gapOf(table, full) };
  }
}

const gapOf = (table: string, full: string[]): { gap?: string } =>
  full.length === 0
    ? {}
    : {
        gap: full
          .map((column) => `${table}.${column}: the first ${enough} ids that are of no row of their own tenant`)
          .join('; '),
      };
