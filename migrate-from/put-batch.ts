import type { ClientBase } from 'pg';
import { quoted } from '../operations/tables.ts';
import type { Mapping } from './mappings.ts';
import type { SourceRow } from './source.ts';

export type Outcome = 'brought' | 'there already' | string;

/**
 * Puts rows into a table; what is there already stays as it is. Where one of them is refused, the others still come.
 * @returns for each row whether it was brought, was there already, or why the database refused it
 */
export async function putBatch(
  client: ClientBase,
  { into, key }: Mapping,
  rows: readonly SourceRow[],
): Promise<Outcome[]> {
  if (rows.length === 0) return [];
  const whole = await attempt(client, () => insert(client, into, key, rows));
  if (Array.isArray(whole)) return whole;
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    const one = await attempt(client, () => insert(client, into, key, [row]));
    outcomes.push(Array.isArray(one) ? String(one[0]) : one);
  }
  return outcomes;
}

async function attempt<T>(client: ClientBase, work: () => Promise<T>): Promise<T | string> {
  await client.query('savepoint batch');
  try {
    const done = await work();
    await client.query('release savepoint batch');
    return done;
  } catch (error) {
    await client.query('rollback to savepoint batch');
    const { message, detail, code } = error as Error & { detail?: string; code?: string };
    // Only what the database says of the row: a lost connection is no property of it.
    if (!/^2[23]/.test(code ?? '')) throw error;
    return [message, detail].filter(Boolean).join(': ');
  }
}

const prefixed = (table: string, columns: readonly string[]) =>
  columns.map((column) => `${table}.${quoted(column)}`).join(', ');

async function insert(
  client: ClientBase,
  into: string,
  key: readonly string[] = ['company_id', 'id'],
  rows: readonly SourceRow[],
): Promise<Outcome[]> {
  const columns = Object.keys(rows[0] ?? {})
    .map(quoted)
    .join(', ');
  const conflict = key.map(quoted).join(', ');
  // A row that is there is not put at all: triggers would refuse it for a parent that has gone into the bin since.
  const { rows: made } = await client.query<{ id: string }>(
    `insert into ${quoted(into)} (${columns})
     select ${columns} from jsonb_populate_recordset(null::${quoted(into)}, $1::jsonb) given
     where not exists (select from ${quoted(into)} here where (${prefixed('here', key)}) = (${prefixed('given', key)}))
     on conflict (${conflict}) do nothing returning id`,
    [JSON.stringify(rows)],
  );
  const ids = new Set(made.map(({ id }) => id));
  return rows.map(({ id }) => (ids.has(String(id)) ? 'brought' : 'there already'));
}
