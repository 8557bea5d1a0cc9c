import type { Answer } from './client.ts';
import type { Side, Target } from './target.ts';

/** Ids of everything that a company has. */
function idsOf({ company }: Side): string[] {
  const rows = [...company.rows.values(), ...company.others.values()];
  const ids = [company.companyId, ...rows.map(({ id }) => String(id))];
  // A short number stands in every answer.
  return [...new Set(ids)].filter((id) => id.length >= 8);
}

/** The words that a company's texts carry, each text its own. */
export const wordsOf = ({ company }: Side): RegExp => new RegExp(`${company.canary}-r\\w+`, 'g');

/**
 * What an answer to B holds of A's that B did not send itself, now or earlier (`planted`): its canary, an id; or, where
 * that counts, a fault.
 */
export function leakIn(
  answer: Answer,
  a: Side,
  sent: string,
  { strict, planted }: Pick<Target, 'strict' | 'planted'> = { strict: true, planted: new Set() },
): string | undefined {
  if (strict && answer.status >= 500 && answer.status !== 503)
    return `answered ${answer.status}: ${answer.text.slice(0, 200)}`;
  const said = `${JSON.stringify(answer.headers)} ${answer.text}`;
  const whole = planted.size === 0 ? said : said.replace(wordsOf(a), (word) => (planted.has(word) ? '' : word));
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

const VOLATILE =
  /^(date|content-length|etag|set-cookie|age|connection|keep-alive|server-timing|x-(request|trace|correlation)-id|x-(runtime|response-time)|(x-)?ratelimit.*|cf-.*)$/;

export function comparable({ answer, side, used }: Used): string {
  const headers = Object.entries(answer.headers).filter(([name]) => !VOLATILE.test(name));
  let text = `${answer.status} ${JSON.stringify(headers)} ${answer.text}`;
  if (/^\d+$/.test(used)) text = text.replace(new RegExp(`\\b${used}\\b`, 'g'), '(used)');
  else if (used !== '')
    for (const form of [used, encodeURIComponent(used), used.toLowerCase()]) text = text.replaceAll(form, '(used)');
  const { canary } = side.company;
  // It stands in keys as well, where it may hold no hyphen and be cut short.
  for (const mark of [canary, canary.slice('canary-'.length), canary.slice(-8)])
    text = text.replaceAll(mark, '(canary)');
  // Rows that were made anew carry a number beside it.
  text = text.replace(/\(canary\)[-_]r\w+/g, '(canary)');
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

/** Names of what changed of a company, of those that were there before. */
export const changedNames = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before].filter(([name, hash]) => after.get(name) !== hash).map(([name]) => name);

/** Tables of rows that were there before and are changed or gone; a table is named as often as it has such rows. */
export const changedRows = (before: Map<string, string>, after: Map<string, string>): string[] =>
  changedNames(before, after).map((row) => row.split(' ')[0] as string);
