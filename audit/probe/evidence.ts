import type pg from 'pg';
import type { Answer } from '../../test/harness.ts';
import type { Side } from './house.ts';
import type { Catalog } from './seed.ts';

/** Ids of everything that a company has. */
function idsOf({ company }: Side): string[] {
  const rows = [...company.rows.values(), ...company.others.values()];
  return [...new Set([company.companyId, ...rows.map(({ id }) => String(id))])];
}

/** What an answer to B holds of A's that B did not send itself: its canary, an id; or a fault of ours. */
export function leakIn(answer: Answer, a: Side, sent: string): string | undefined {
  if (answer.status >= 500 && answer.status !== 503) return `answered ${answer.status}: ${answer.text.slice(0, 200)}`;
  const whole = `${JSON.stringify(answer.headers)} ${answer.text}`;
  const found = [a.company.canary, ...idsOf(a)].find((mark) => whole.includes(mark) && !sent.includes(mark));
  return found === undefined ? undefined : `${found} of A's came back: ${around(whole, found)}`;
}

const around = (text: string, word: string) =>
  text.slice(Math.max(0, text.indexOf(word) - 80), text.indexOf(word) + 120);

interface Used {
  answer: Answer;
  side: Side;
  /** The value that the two requests differ by. */
  used: string;
}

/** In what two answers differ that should be alike, but for what the two requests and senders differ by anyway. */
export function different(one: Used, other: Used): string | undefined {
  const [a, b] = [comparable(one), comparable(other)];
  if (a === b) return undefined;
  const at = Math.max(0, [...a].findIndex((letter, i) => letter !== b[i]) - 60);
  return `A's answers ${one.answer.status} ${a.slice(at, at + 260)}, one that never was ${other.answer.status} ${b.slice(at, at + 260)}`;
}

const VOLATILE = new Set(['date', 'content-length', 'etag', 'set-cookie']);

export function comparable({ answer, side, used }: Used): string {
  const headers = Object.entries(answer.headers).filter(([name]) => !VOLATILE.has(name));
  let text = `${answer.status} ${JSON.stringify(headers)} ${answer.text}`;
  if (used !== '')
    for (const form of [used, encodeURIComponent(used), used.toLowerCase()]) text = text.replaceAll(form, '(used)');
  const { canary } = side.company;
  // It stands in keys as well, where it may hold no hyphen and be cut short.
  for (const mark of [canary, canary.slice('canary-'.length), canary.slice(-8)])
    text = text.replaceAll(mark, '(canary)');
  return (
    text
      .replace(/"instance":"[^"]*"/g, '')
      .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '(id)')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '(time)')
      .replace(/eyJ[\w.-]+|bhk_[\w-]+|[\w-]{40,}/g, '(token)')
      // Sizes and places in an order differ from one company to the next; a count of rows is smaller here.
      .replace(/\d{4,}/g, '(number)')
  );
}

/** One hash for each table over every row of a company in it: it changes if anything of the company does. */
export async function hashesOf(
  client: pg.Client,
  { tables }: Catalog,
  companyId: string,
): Promise<Map<string, string>> {
  const parts = [...tables.keys()].map(
    (table) =>
      `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t.id), '')) as hash from ${table} t where company_id = $1`,
  );
  const own = `select 'companies' as name, md5(string_agg(t::text, '')) as hash from companies t where id = $1`;
  const { rows } = await client.query(`${parts.join(' union all ')} union all ${own}`, [companyId]);
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** Tables in which something of a company changed. */
export const changedTables = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([table, hash]) => before.get(table) !== hash).map(([table]) => table);

/** A hash for each row of a company: `table id` -> hash. */
export async function rowHashes(
  client: pg.Client,
  { tables }: Catalog,
  companyId: string,
): Promise<Map<string, string>> {
  const parts = [...tables.keys()].map(
    (table) => `select '${table} ' || t.id as name, md5(t::text) as hash from ${table} t where company_id = $1`,
  );
  const { rows } = await client.query(parts.join(' union all '), [companyId]);
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** Tables of rows that were there before and are changed or gone; a table is named as often as it has such rows. */
export const changedRows = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before].filter(([row, hash]) => after.get(row) !== hash).map(([row]) => row.split(' ')[0] as string);

/** Tables in which a company's rows hold another's mark: what was written into the wrong house. */
export async function bleeding(
  client: pg.Client,
  { tables }: Catalog,
  companyId: string,
  mark: string,
): Promise<string[]> {
  const parts = [...tables.keys()].map(
    (table) => `select '${table}' as name from ${table} t where company_id = $1 and strpos(t::text, $2) > 0`,
  );
  const { rows } = await client.query(parts.join(' union '), [companyId, mark]);
  return rows.map(({ name }) => name);
}
