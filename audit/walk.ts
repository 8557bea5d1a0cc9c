import type { Limits } from './limits.ts';
import type { Auditor } from './rule.ts';
import { type Shape, shapeOf } from './shape.ts';

export interface Walk {
  /** Names the check, for the run that goes on with it. */
  check: string;
  /** The table, as SQL. */
  table: string;
  /** What is counted: conditions in SQL over `t`. */
  count: string[];
}

export interface Walked {
  /** For each condition, the rows for which it held. */
  counts: number[];
  /** What was not looked at, and why. */
  gap?: string;
}

export const usual = { batch: 20_000, timeout: 30_000 };
export const smallestBatch = 500;
/** Below that many rows a sample saves nothing. */
const worthSampling = 10_000;

/**
 * Counts rows of a table of any size: in batches along its primary key, each a short statement with a snapshot of its
 * own, from where an earlier run broke off; or in a sample, where one is asked for.
 */
export async function walk(auditor: Auditor, { check, table, count }: Walk): Promise<Walked> {
  const { limits } = auditor;
  const shape = await shapeOf(auditor, table);
  const kept = limits.state?.get(check);
  if (kept?.after === null) return { counts: kept.bad };
  const batch = limits.batch ?? usual.batch;
  if (limits.sample !== undefined && shape.rows > worthSampling)
    return sample(auditor, { table, count }, shape, limits.sample);
  try {
    if (shape.key.length === 0 || shape.rows < batch) {
      const { looked, counts } = await whole(auditor, table, count);
      limits.state?.set(check, { after: null, looked, bad: counts });
      return { counts };
    }
    return await alongKey(auditor, { check, table, count }, shape, batch);
  } catch (error) {
    const why = explain(error, limits);
    if (why === undefined || !auditor.breathe) throw error;
    await auditor.breathe();
    return { counts: count.map(() => 0), gap: `${table}: ${why}` };
  }
}

async function alongKey(
  auditor: Auditor,
  { check, table, count }: Walk,
  shape: Shape,
  wanted: number,
): Promise<Walked> {
  const { limits, client } = auditor;
  let { after, looked, bad } = limits.state?.get(check) ?? { after: null, looked: 0, bad: count.map(() => 0) };
  let batch = wanted;
  for (;;) {
    // Without the wish for a sort, each batch is read off the index and not out of the whole table.
    await client.query('set local enable_sort = off');
    let row: { looked: string; counts: string[]; last: string[] | null } | undefined;
    try {
      ({
        rows: [row],
      } = await client.query(alongKeySql(table, count, shape, after !== null, batch), after ?? []));
    } catch (error) {
      const why = explain(error, limits);
      if (why === undefined || !auditor.breathe) throw error;
      await auditor.breathe();
      if (batch / 2 < smallestBatch)
        return { counts: bad, gap: `${table} after ${looked} of about ${shape.rows} rows: ${why}` };
      batch = Math.floor(batch / 2);
      continue;
    }
    const seen = Number(row?.looked ?? 0);
    looked += seen;
    bad = bad.map((sum, i) => sum + Number(row?.counts[i] ?? 0));
    after = seen < batch ? null : (row?.last ?? null);
    limits.state?.set(check, { after, looked, bad });
    limits.onRows?.({ table, done: looked, of: Math.max(shape.rows, looked) });
    if (after === null) {
      await client.query('set local enable_sort = default');
      return { counts: bad };
    }
    await auditor.breathe?.();
  }
}

/** The conditions are worked out for the rows of the batch only, and the batch is read off the key's index. */
function alongKeySql(table: string, count: string[], { key }: Shape, goesOn: boolean, batch: number): string {
  const names = key.map(({ name }) => `t.${name}`);
  const from = goesOn
    ? `where (${names.join(', ')}) > (${key.map(({ type }, i) => `$${i + 1}::text::${type}`).join(', ')})`
    : '';
  const last = key.map((_, i) => `k${i}::text`).join(', ');
  return `
    with batch as materialized (
      select ${names.map((name, i) => `${name} as k${i}`).join(', ')}, ${count.map((condition, i) => `(${condition}) as c${i}`).join(', ')}
      from ${table} t ${from}
      order by ${names.join(', ')} limit ${batch}
    )
    select count(*) as looked, array[${count.map((_, i) => `count(*) filter (where c${i})`).join(', ')}]::text[] as counts,
      (select array[${last}] from batch order by ${key.map((_, i) => `k${i} desc`).join(', ')} limit 1) as last
    from batch`;
}

async function whole(
  { client }: Auditor,
  table: string,
  count: string[],
  how = '',
): Promise<{ looked: number; counts: number[] }> {
  const { rows } = await client.query<{ looked: string; counts: string[] }>(
    `select count(*) as looked, array[${count.map((condition) => `count(*) filter (where ${condition})`).join(', ')}]::text[] as counts
    from ${table} t ${how}`,
  );
  const [row] = rows;
  return { looked: Number(row?.looked ?? 0), counts: (row?.counts ?? []).map(Number) };
}

async function sample(
  auditor: Auditor,
  { table, count }: Omit<Walk, 'check'>,
  { rows }: Shape,
  percent: number,
): Promise<Walked> {
  try {
    const { looked, counts } = await whole(auditor, table, count, `tablesample system (${percent})`);
    return { counts, gap: `${table}: a sample of ${looked} of about ${rows} rows (${percent} %)` };
  } catch (error) {
    const why = explain(error, auditor.limits);
    if (why === undefined || !auditor.breathe) throw error;
    await auditor.breathe();
    return { counts: count.map(() => 0), gap: `${table}: ${why}` };
  }
}

/** What a person should know of an error that need not end the audit. */
export function explain(error: unknown, { timeout = usual.timeout }: Limits): string | undefined {
  switch ((error as { code?: string }).code) {
    case '57014':
      return `a statement took longer than ${timeout / 1000} s`;
    case '55P03':
      return 'another transaction holds a lock on it';
    case '42501':
      return (error as Error).message;
    default:
      return undefined;
  }
}

/** The gaps of several walks as a rule's reason. */
export function gapsOf(gaps: (string | undefined)[]): { unchecked?: string } {
  const said = gaps.filter((gap) => gap !== undefined);
  if (said.length === 0) return {};
  const more = said.length > 5 ? ` and ${said.length - 5} more` : '';
  return { unchecked: `not wholly looked at: ${said.slice(0, 5).join('; ')}${more}` };
}
