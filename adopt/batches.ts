import type { Runner } from './run.ts';
import { hush, transaction } from './run.ts';

interface Batch {
  written: number;
  checksum: string | null;
  more: boolean;
  last: string[] | null;
}

/** Where a step in batches stands: which of its statements, after which key, and what this round has written. */
interface Place {
  statement: number;
  key: string[] | null;
  wrote: number;
}

/** A batch is to last about this long: so long do those wait who want to change one of its rows. */
const WANTED = 200;

/**
 * Runs the statements from where they were left, round after round until one writes nothing: rows that others held come
 * in the next round, and in a circle of tables each round goes one row further. Each batch and its note are one transaction.
 */
export async function runBatches(
  runner: Runner,
  name: string,
  statements: readonly string[],
  firstSize = 1000,
  quiet: readonly string[] = [],
): Promise<void> {
  const { client, tell } = runner;
  const { rows } = await client.query<{ last_key: Partial<Place>; rows_changed: string }>(
    'select last_key, rows_changed from bulkhead_adopt.steps where name = $1',
    [name],
  );
  const from = rows[0]?.last_key ?? {};
  let total = Number(rows[0]?.rows_changed ?? 0);
  const place: Place = { statement: from.statement ?? 0, key: from.key ?? null, wrote: from.wrote ?? 0 };
  let size = firstSize;
  for (;;) {
    const sql = statements[place.statement];
    if (sql === undefined) {
      if (place.wrote === 0) return;
      Object.assign(place, { statement: 0, key: null, wrote: 0 });
      continue;
    }
    const begun = performance.now();
    const before = { ...place };
    const batch = await transaction(runner, async () => {
      Object.assign(place, before);
      const wake = await hush(runner, quiet.slice(place.statement, place.statement + 1));
      const keys = place.key ?? Array.from({ length: parametersOf(sql) - 1 }, () => null);
      const { rows: done } = await client.query<Batch>(sql, [size, ...keys]);
      await wake();
      const { written, checksum, more, last } = done[0]!;
      place.wrote += written;
      if (more && last !== null) place.key = last;
      else Object.assign(place, { statement: place.statement + 1, key: null });
      await client.query(
        `update bulkhead_adopt.steps set last_key = $2, rows_changed = rows_changed + $3, checksum = md5(checksum || coalesce($4, '')) where name = $1`,
        [name, JSON.stringify(place), written, checksum],
      );
      return done[0]!;
    });
    total += batch.written;
    tell('batch', total);
    const took = performance.now() - begun;
    size = Math.round(Math.min(20_000, Math.max(100, size * Math.min(2, WANTED / took))));
  }
}

/** The parameters of a statement; names and texts in it may hold what looks like one. */
const parametersOf = (sql: string): number =>
  Math.max(...[...sql.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, '').matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)));
