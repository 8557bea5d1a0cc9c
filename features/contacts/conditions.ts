// Read by the browser too: its filter builder offers what the server takes.

/** What a field holds decides what can be asked of it. */
export type FieldKind = 'text' | 'choice' | 'number' | 'date' | 'list' | 'boolean';

export const operators = {
  text: ['contains', 'is', 'is_not', 'empty', 'filled'],
  choice: ['in', 'not_in', 'empty', 'filled'],
  number: ['is', 'at_least', 'at_most', 'empty', 'filled'],
  date: ['within_days', 'from', 'to', 'empty', 'filled'],
  list: ['has', 'has_not', 'empty', 'filled'],
  boolean: ['is', 'empty', 'filled'],
} as const satisfies Record<FieldKind, readonly string[]>;
export type Operator = (typeof operators)[FieldKind][number];

export const fieldKinds = {
  first_name: 'text',
  last_name: 'text',
  email: 'text',
  phone: 'text',
  mobile: 'text',
  company: 'text',
  title: 'text',
  type: 'text',
  department: 'text',
  website: 'text',
  city: 'text',
  state: 'text',
  postal_code: 'text',
  country: 'text',
  linkedin_url: 'text',
  twitter_handle: 'text',
  notes: 'text',
  status: 'choice',
  source: 'choice',
  owner_id: 'choice',
  lead_score: 'number',
  tags: 'list',
  created_at: 'date',
  updated_at: 'date',
} as const satisfies Record<string, FieldKind>;
export type FilterField = keyof typeof fieldKinds;

const customKinds: Record<string, FieldKind> = {
  text: 'text',
  url: 'text',
  email: 'text',
  phone: 'text',
  number: 'number',
  money: 'number',
  date: 'date',
  boolean: 'boolean',
  select: 'choice',
  multi_select: 'list',
};
/** What a custom field of this type holds. */
export const customKind = (type: string): FieldKind => customKinds[type] ?? 'text';

export interface Condition {
  /** A field of a contact, or `cf.<key>`. */
  field: string;
  op: Operator;
  value?: Value;
}
export type Value = string | number | boolean | string[];
/** `all` joins with and, `any` with or. */
export type Group = { all: Filter[] } | { any: Filter[] };
export type Filter = Condition | Group;

export const isGroup = (filter: Filter): filter is Group => 'all' in filter || 'any' in filter;
export const partsOf = (group: Group): Filter[] => ('all' in group ? group.all : group.any);

const DEEPEST = 5;
const MOST = 50;

/** The filter that a text says, or what is wrong with it; fields are for the caller to check. */
export function readFilter(text: string): Filter | { wrong: string } {
  let left = MOST;
  const read = (value: unknown, depth: number): Filter | undefined => {
    left -= 1;
    if (left < 0 || depth > DEEPEST || typeof value !== 'object' || value === null) return undefined;
    const keys = Object.keys(value);
    const [joint] = keys;
    if (keys.length === 1 && (joint === 'all' || joint === 'any')) {
      const given: unknown = (value as Record<string, unknown>)[joint];
      if (!Array.isArray(given)) return undefined;
      const parts = given.map((part) => read(part, depth + 1));
      return parts.includes(undefined) ? undefined : ({ [joint]: parts } as unknown as Group);
    }
    const { field, op, value: operand, ...rest } = value as Partial<Condition>;
    if (typeof field !== 'string' || typeof op !== 'string' || Object.keys(rest).length > 0) return undefined;
    return { field, op, ...(operand === undefined ? {} : { value: operand }) };
  };
  try {
    return read(JSON.parse(text), 1) ?? { wrong: `must be conditions, at most ${MOST} and ${DEEPEST} deep` };
  } catch {
    return { wrong: 'must be JSON' };
  }
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= 500 && !value.includes('\0');
const isDay = (value: unknown) =>
  typeof value === 'string' &&
  /^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value) &&
  new Date(value).toISOString().startsWith(value);

/** Whether the operator can be asked of such a field, with this value. */
export function holds(kind: FieldKind, op: string, value: unknown): boolean {
  if (!(operators[kind] as readonly string[]).includes(op)) return false;
  if (op === 'empty' || op === 'filled') return value === undefined;
  if (kind === 'choice') return Array.isArray(value) && value.length > 0 && value.length <= 100 && value.every(isText);
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e15;
  if (kind === 'boolean') return typeof value === 'boolean';
  if (op === 'within_days') return Number.isInteger(value) && (value as number) > 0 && (value as number) <= 3660;
  return kind === 'date' ? isDay(value) : isText(value);
}
