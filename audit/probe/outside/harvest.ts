import { plain, pluralOf } from './nouns.ts';

export type Row = Record<string, unknown>;

/** A row that an answer told of, and of what kind it is. */
export interface Found {
  noun: string;
  row: Row;
}

const WRAPPERS = /^(data|items|results|rows|records|list|content|value|values|entries|edges|node|nodes|result)$/;
const OWN_KEYS = ['id', '_id', 'uuid', 'uid', 'key', 'slug'];

/** The rows of an answer about a kind of thing: `{items: [{id}]}`, `[{id}]`, `{id}`, `{contact: {id}}`, and ids of others beside them. */
export function harvest(body: unknown, noun: string, depth = 0): Found[] {
  if (depth > 5 || body === null || typeof body !== 'object') return [];
  if (Array.isArray(body)) return body.slice(0, 100).flatMap((one) => harvest(one, noun, depth + 1));
  const row = body as Row;
  const found: Found[] = [];
  const id = idOf(row, noun);
  if (id !== undefined) found.push({ noun, row: { ...row, id } });
  for (const [key, value] of Object.entries(row)) {
    if (typeof value === 'object') {
      const inner = WRAPPERS.test(key) ? noun : Array.isArray(value) ? plain(key) : pluralOf(plain(key));
      found.push(...harvest(value, inner, depth + 1));
      continue;
    }
    const other = /^(\w+?)(?:_id|Id)$/.exec(key)?.[1];
    if (other !== undefined && isId(value) && !key.startsWith('_'))
      found.push({ noun: pluralOf(plain(snake(other))), row: { id: String(value) } });
  }
  return found;
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isId = (value: unknown) =>
  (typeof value === 'string' && value.length > 0 && value.length < 200) ||
  (typeof value === 'number' && Number.isInteger(value));

function idOf(row: Row, noun: string): string | undefined {
  const singular = noun.replace(/ies$/, 'y').replace(/s$/, '');
  const key = [...OWN_KEYS, `${singular}_id`, `${singular}Id`].find((name) => isId(row[name]));
  return key === undefined ? undefined : String(row[key]);
}
