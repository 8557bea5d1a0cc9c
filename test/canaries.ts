import type pg from 'pg';

/** Shorter texts occur by chance: in random tokens, or within words. */
const LEAST = 6;
/** Dates, amounts and counts: both companies may have the same. */
const isFigure = (text: string) => /^\d[\d .,:TZ+-]*$/.test(text);

/** Every line of every text within a value, such as a row or an answer. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n').map((line) => line.trim());
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}

/** Looks for many words at once: gives those that occur in a text. */
export function finder(words: Iterable<string>): (text: string) => Set<string> {
  // By start, then by length: thousands of ids begin alike, and all are of one length.
  const byStart = new Map<string, Map<number, Set<string>>>();
  for (const word of words) {
    const start = word.slice(0, LEAST);
    const byLength = byStart.get(start) ?? new Map<number, Set<string>>();
    byStart.set(start, byLength);
    byLength.set(word.length, (byLength.get(word.length) ?? new Set()).add(word));
  }
  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at <= text.length - LEAST; at += 1) {
      for (const [length, alike] of byStart.get(text.slice(at, at + LEAST)) ?? []) {
        const word = text.slice(at, at + length);
        if (alike.has(word)) found.add(word);
      }
    }
    return found;
  };
}

/**
 * What only one company can have told, by the company's id: each text of its rows, ids and addresses among them, that is
 * in no row of the other companies and no word of the product's own.
 */
export async function canariesOf(client: pg.Client, product: string): Promise<Map<string, Set<string>>> {
  const texts = await textsByCompany(client);
  const canaries = new Map<string, Set<string>>();
  for (const [company, own] of texts) {
    const others = [...texts].filter(([other]) => other !== company).flatMap(([, each]) => [...each]);
    const shared = finder(own)([product, ...others].join('\n'));
    canaries.set(company, new Set([...own].filter((text) => !shared.has(text))));
  }
  return canaries;
}

async function textsByCompany(client: pg.Client): Promise<Map<string, Set<string>>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'company_id'`,
  );
  const selects = tables.map(({ name }) => `select company_id, to_jsonb(x) as row from ${name} x`);
  const { rows } = await client.query<{ company_id: string; row: object }>(
    [...selects, 'select id, to_jsonb(c) from companies c'].join(' union all '),
  );
  const texts = new Map<string, Set<string>>();
  for (const { company_id, row } of rows) {
    if (company_id === null) continue;
    const own = texts.get(company_id) ?? new Set();
    texts.set(company_id, own);
    for (const text of textsIn(row)) if (text.length >= LEAST && !isFigure(text)) own.add(text);
  }
  return texts;
}
