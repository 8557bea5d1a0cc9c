import type { FastifyReply } from 'fastify';
import { type CompiledQuery, type SelectQueryBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { DB } from '../../db/types.ts';
import type { Company, CompanyStatements } from '../tenancy/door.ts';
import { type Compilable, statement } from '../tenancy/query.ts';
import { JSON_TYPE } from './found-row.ts';
import { decodeCursor, encodeCursor } from './paging.ts';
import { invalid } from './problems.ts';

export interface SortKey {
  /** Expression over the list's tables, qualified: `contacts.last_key`. */
  sql: string;
  /** PostgreSQL type of the expression. */
  type: string;
  /** Field of a row that holds the expression's value; without it the list selects the value for itself. */
  field?: string;
  /** Rows without a value come last in both directions. Only for a sort of one key. */
  nullable?: boolean;
}

/** What a list can be sorted by: one key or several, led to by an index `(company_id, ...keys, id)`. */
export type Sort = SortKey | readonly SortKey[];

export interface List<TB extends keyof DB, Row> {
  /** Name of the list; a cursor of one list is no good for another. */
  name: string;
  /** The table's alias whose id breaks ties. */
  table: string;
  query: SelectQueryBuilder<DB, TB, Row>;
  sorts: Record<string, Sort>;
  defaultSort: string;
  /** Whose query has slots in place of values: its statements are compiled once for each shape, and bound to the values. */
  bound?: Bound;
}

export interface Bound {
  /** Tells this list's query from that of every other list. */
  shape: string;
  values: Readonly<Record<string, unknown>>;
}

export interface PageRequest {
  limit?: number;
  cursor?: string;
  page?: number;
  sort?: string;
  include_total?: boolean;
}

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
  total?: number;
}

/** A list sorted by what may be missing reads the rows with a value first, then those without: two ranges of one index. */
type Part = 'all' | 'with value' | 'without value';

interface Place {
  keys: readonly SortKey[];
  descending: boolean;
  listName: string;
  limit: number;
  after: readonly (string | null)[] | undefined;
  offset: number;
}

/** The statement that reads one page, and one row more to see whether another page follows. */
export function pageQuery<TB extends keyof DB, Row>(list: List<TB, Row>, request: PageRequest, companyId: string) {
  const place = placeOf(list, request, companyId);
  return { ...place, rows: partOf(list, place, firstPart(place), place.limit + 1) };
}

function placeOf<TB extends keyof DB, Row>(
  { name, sorts, defaultSort }: List<TB, Row>,
  { limit = 50, cursor, page = 1, sort = defaultSort }: PageRequest,
  companyId: string,
): Place {
  const descending = sort.startsWith('-');
  const chosen = descending ? sort.slice(1) : sort;
  const by = Object.hasOwn(sorts, chosen) ? sorts[chosen] : undefined;
  if (by === undefined) {
    throw invalid('sort', 'unknown_sort', `must be one of ${Object.keys(sorts).join(', ')}, with - for descending`);
  }
  const keys = ([] as SortKey[]).concat(by);
  const listName = `${name} ${sort}`;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, companyId, listName);
  return { keys, descending, listName, limit, after, offset: after === undefined ? (page - 1) * limit : 0 };
}

function firstPart({ keys, offset, after }: Place): Part {
  if (!keys[0]?.nullable || offset > 0) return 'all';
  return after?.[0] === null ? 'without value' : 'with value';
}

type Bind = (values: Record<string, unknown>) => CompiledQuery;
/** By shape, sort and part. Bounded, for users choose filters, fields and sorts. */
const compiled = new LRUCache<string, Bind>({ max: 500 });

function bindingOf(key: string, names: readonly string[], build: (slots: Record<string, never>) => unknown): Bind {
  let bind = compiled.get(key);
  if (bind === undefined) {
    bind = statement(names, build as (slots: Record<string, never>) => Compilable<unknown>) as Bind;
    compiled.set(key, bind);
  }
  return bind;
}

/** The statement of one part. Of a bound list it is compiled once, and bound anew. */
function partOf<TB extends keyof DB, Row>(
  list: List<TB, Row>,
  place: Place,
  part: Part,
  most: number,
): Compilable<Row> | CompiledQuery<Row> {
  const { after, offset, listName } = place;
  const { bound } = list;
  if (bound === undefined) return partQuery(list, place, part, most, offset);
  const names = (after ?? []).map((_, i) => `after_${i}`);
  const key = `${bound.shape} ${listName} ${part} ${names.length} ${after?.[0] === null} ${offset > 0}`;
  const bind = bindingOf(key, ['most', 'offset', ...names, ...Object.keys(bound.values)], (slot) => {
    const values = after?.map((value, i) => (value === null ? null : (slot[`after_${i}`] as never)));
    return partQuery(
      list,
      { ...place, after: values },
      part,
      slot.most as never,
      offset > 0 ? (slot.offset as never) : 0,
    );
  });
  const values: Record<string, unknown> = { ...bound.values, most, offset };
  for (const [i, name] of names.entries()) values[name] = after?.[i];
  return bind(values) as CompiledQuery<Row>;
}

function partQuery<TB extends keyof DB, Row>(
  { query, table }: List<TB, Row>,
  { keys, descending, after }: Place,
  part: Part,
  most: number,
  offset: number,
): SelectQueryBuilder<DB, TB, Row> {
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const beyond = sql.raw(descending ? '<' : '>');
  const id = sql.raw(`${table}.id`);
  const columns = keys.map((key) => sql.raw(key.sql));
  const sorted = part === 'without value' ? [] : columns;
  const nulls = sql.raw(part === 'all' && keys[0]?.nullable ? ' nulls last' : '');

  let rows = query;
  keys.forEach(({ field }, i) => {
    if (field === undefined) rows = rows.select(sql`${columns[i]}`.as(`$sort_${i}`)) as typeof query;
  });
  rows = rows
    .orderBy(sql.join([...sorted.map((c) => sql`${c} ${direction}${nulls}`), sql`${id} ${direction}`]))
    .limit(most) as typeof query;
  if (offset !== 0) rows = rows.offset(offset);
  if (part === 'with value') rows = rows.where(sql<boolean>`${columns[0]} is not null`);
  if (part === 'without value') rows = rows.where(sql<boolean>`${columns[0]} is null`);
  // Behind a row with a value, the rows without one begin at their beginning.
  if (after === undefined || (part === 'without value' && after[0] !== null)) return rows;
  const values = sorted.map((_, i) => sql`${after[i]}::${sql.raw(keys[i]?.type ?? 'text')}`);
  return rows.where(
    sql<boolean>`(${sql.join([...sorted, id])}) ${beyond} (${sql.join([...values, sql`${after.at(-1)}::uuid`])})`,
  );
}

/** One page of a list, by keyset: its cost does not grow with what lies before it. `sort` is a name, `-` for descending. */
export async function listPage<TB extends keyof DB, Row extends { id: string }>(
  company: CompanyStatements,
  list: List<TB, Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const { companyId } = company.context;
  const { rows, ...place } = pageQuery(list, request, companyId);
  const { keys, listName, limit } = place;
  const items = await company.many<Row>(rows);
  if (items.length <= limit && firstPart(place) === 'with value') {
    items.push(...(await company.many<Row>(partOf(list, place, 'without value', limit + 1 - items.length))));
  }

  const more = items.length > limit;
  if (more) items.pop();
  const last = items.at(-1) as (Row & Record<string, unknown>) | undefined;
  const next_cursor = more && last ? encodeCursor([...sortValues(keys, last), last.id], companyId, listName) : null;
  keys.forEach(({ field }, i) => {
    if (field === undefined) for (const item of items as Record<string, unknown>[]) delete item[`$sort_${i}`];
  });
  return { items, next_cursor, ...(await totalOf(company, list, request)) };
}

/**
 * Answers with one page as `listPage` gives it, its rows passed on as PostgreSQL wrote them: for lists whose rows need
 * nothing done to them. `list` is built, `request` checked, as for `listPage`.
 */
export async function sendPage<TB extends keyof DB, Row extends { id: string }>(
  reply: FastifyReply,
  company: Company,
  list: List<TB, Row>,
  request: PageRequest,
): Promise<never> {
  const { companyId } = company.context;
  const { rows, ...place } = pageQuery(list, request, companyId);
  const { keys, listName, limit } = place;
  const first = await company.json(rows, START);
  const rest =
    first.count <= limit && firstPart(place) === 'with value'
      ? await company.json(partOf(list, place, 'without value', limit + 1 - first.count), COMMA)
      : undefined;

  const taken = Math.min(first.count, limit);
  const takenOfRest = Math.min(rest?.count ?? 0, limit - taken);
  let next_cursor: string | null = null;
  if (first.count + (rest?.count ?? 0) > limit) {
    const [part, index] = rest && takenOfRest > 0 ? [rest, takenOfRest - 1] : [first, taken - 1];
    const last = { ...part.row(index), ...part.hidden[index] };
    next_cursor = encodeCursor([...sortValues(keys, last), String(last.id)], companyId, listName);
  }
  const end = `],${JSON.stringify({ next_cursor, ...(await totalOf(company, list, request)) }).slice(1)}`;
  reply.type(JSON_TYPE);
  if (rest === undefined || takenOfRest === 0) return reply.send(first.text(taken, end)) as never;
  const tail = rest.text(takenOfRest, end);
  return reply.send(Buffer.concat([first.text(taken), taken === 0 ? tail.subarray(COMMA.length) : tail])) as never;
}

const START = Buffer.from('{"items":[');
const COMMA = Buffer.from(',');

async function totalOf<TB extends keyof DB, Row>(
  company: CompanyStatements,
  { query, bound }: List<TB, Row>,
  { include_total }: PageRequest,
): Promise<{ total?: number }> {
  if (!include_total) return {};
  const counting = () => query.clearSelect().select(sql<number>`count(*)::int`.as('total'));
  const counted =
    bound === undefined
      ? counting()
      : bindingOf(`${bound.shape} total`, Object.keys(bound.values), counting)({ ...bound.values });
  return { total: (await company.first<{ total: number }>(counted as never))?.total ?? 0 };
}

function sortValues(keys: readonly SortKey[], row: Record<string, unknown>): (string | null)[] {
  return keys.map(({ field }, i) => {
    const value = row[field ?? `$sort_${i}`] ?? null;
    return value === null ? null : String(value);
  });
}
