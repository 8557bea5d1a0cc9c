import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sql } from 'kysely';
import { decodeCursor, encodeCursor } from '../../../server/platform/paging.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import { DuplicatePage, DuplicateQuery } from '../contract.ts';

type Reason = 'email' | 'phone' | 'name';
interface Group {
  ids: string[];
  count: number;
  /** Where the search goes on behind this group. */
  place: (string | null)[];
}
/** What one look through a range of an index found, and where the next begins; null at the end. */
interface Look {
  groups: Group[];
  next: (string | null)[] | null;
}

/** Contacts that one request looks through at most, however large the company. */
const WINDOW = 5_000;
const NAMES_WINDOW = 1_000;
/** In the order of names, how far apart two of the same person may stand. */
const NEIGHBOURS = 8;
const SHOWN = 20;
const KEYS = { email: 'email_key', phone: 'phone_key', mobile: 'mobile_key' } as const;

/** A range of one of the indexes (company_id, key, id). */
function keys(column: 'email_key' | 'phone_key' | 'mobile_key', after: string | null) {
  const query = q
    .selectFrom('contacts')
    .select([sql<string>`${sql.ref(column)}`.as('key'), 'id'])
    .where('deleted_at', 'is', null)
    .where(column, 'is not', null)
    .orderBy(column)
    .orderBy('id')
    .limit(WINDOW);
  return after === null ? query : query.where(column, '>', after);
}

function keyWindow(reason: 'email' | 'phone', after: string | null) {
  if (reason === 'email') return keys(KEYS.email, after);
  const phones = q.selectFrom(keys(KEYS.phone, after).as('a')).selectAll();
  const mobiles = q.selectFrom(keys(KEYS.mobile, after).as('b')).selectAll();
  return q.selectFrom(phones.union(mobiles).as('both')).selectAll().orderBy(sql`key, id`).limit(WINDOW);
}

async function sameKey(
  company: CompanyStatements,
  reason: 'email' | 'phone',
  after: string | null,
  limit: number,
): Promise<Look> {
  // A full window may cut its last key's group in two, so that key is left for the next page, unless it is all there is.
  const rows = (await company.many(
    q
      .selectFrom(keyWindow(reason, after).as('seen'))
      .select([
        sql<string>`key`.as('key'),
        sql<number>`count(*)::int`.as('count'),
        sql<string[]>`(array_agg(id))[1:${sql.lit(SHOWN)}]`.as('ids'),
        sql<number>`(sum(count(*)) over ())::int`.as('looked_at'),
        sql<string>`max(key) over ()`.as('last_key'),
        sql<number>`(count(*) over ())::int`.as('distinct_keys'),
      ])
      .groupBy(sql`key`)
      .orderBy(sql`(count(*) > 1) desc, key`)
      .limit(limit + 2),
  )) as { key: string; count: number; ids: string[]; looked_at: number; last_key: string; distinct_keys: number }[];
  const [first] = rows;
  if (first === undefined) return { groups: [], next: null };
  const full = first.looked_at >= WINDOW;
  const cut = full && first.distinct_keys > 1 ? first.last_key : undefined;
  const groups = rows
    .filter(({ key, count }) => count > 1 && key !== cut)
    .map(({ key, count, ids }) => ({ ids, count, place: [key] }));
  if (groups.length > limit) return { groups: groups.slice(0, limit), next: groups[limit - 1]?.place ?? null };
  if (!full) return { groups, next: null };
  return { groups, next: cut === undefined ? [first.last_key] : await before(company, reason, after, cut) };
}

/** The last key before `key` in the window. */
async function before(company: CompanyStatements, reason: 'email' | 'phone', after: string | null, key: string) {
  const row = (await company.first(
    q
      .selectFrom(keyWindow(reason, after).as('seen'))
      .select(sql<string>`max(key)`.as('key'))
      .where(sql<boolean>`key < ${key}`),
  )) as { key: string | null } | undefined;
  return [row?.key ?? key];
}

/** Similar names stand near each other in the order of names; each is compared with the next few, by trigrams. */
async function similarNames(company: CompanyStatements, after: (string | null)[] | null): Promise<Look> {
  let range = q
    .selectFrom('contacts')
    .select(['id', 'last_key', 'first_key', 'company_key', sql<string>`first_key || ' ' || last_key`.as('name')])
    .select(sql<number>`row_number() over (order by last_key, first_key, contacts.id)`.as('place'))
    .where('deleted_at', 'is', null)
    .orderBy(sql`last_key, first_key, contacts.id`)
    .limit(NAMES_WINDOW);
  if (after !== null) {
    range = range.where(
      sql<boolean>`(last_key, first_key, contacts.id) > (${after[0]}::text, ${after[1]}::text, ${after[2]}::uuid)`,
    );
  }
  const pairs = (await company.many(
    q
      .with('seen', () => range)
      .selectFrom('seen as a')
      .leftJoin(sql`generate_series(1, ${sql.lit(NEIGHBOURS)})`.as<'gap'>(sql`gap(size)`), (join) => join.onTrue())
      .leftJoin('seen as b', (join) =>
        join.on(sql<boolean>`b.place = a.place + gap.size and a.name <> ' '
          and similarity(a.name, b.name) >= 0.6
          and (a.company_key is null or b.company_key is null or similarity(a.company_key, b.company_key) >= 0.4)`),
      )
      .select([
        sql<string>`a.id`.as('id'),
        sql<string | null>`b.id`.as('other'),
        sql<number>`a.place::int`.as('place'),
        sql<string>`a.last_key`.as('last_key'),
        sql<string>`a.first_key`.as('first_key'),
      ])
      .where(
        sql<boolean>`b.id is not null or a.place in (${sql.lit(NAMES_WINDOW - NEIGHBOURS)}, ${sql.lit(NAMES_WINDOW)})`,
      )
      .orderBy(sql`a.place`),
  )) as { id: string; other: string | null; place: number; last_key: string; first_key: string }[];

  const full = pairs.some(({ place }) => place === NAMES_WINDOW);
  const end = full ? NAMES_WINDOW - NEIGHBOURS : NAMES_WINDOW;
  const boundary = pairs.find(({ place }) => place === end);
  const next = full && boundary ? [boundary.last_key, boundary.first_key, boundary.id] : null;
  return { groups: chains(pairs.filter(({ place }) => place <= end)), next };
}

/** Pairs that share a contact are one group, listed where its first contact stands. */
function chains(pairs: readonly { id: string; other: string | null; last_key: string; first_key: string }[]): Group[] {
  const groupOf = new Map<string, Group>();
  const groups: Group[] = [];
  for (const { id, other, last_key, first_key } of pairs) {
    if (other === null) continue;
    let group = groupOf.get(id) ?? groupOf.get(other);
    if (group === undefined) {
      group = { ids: [], count: 0, place: [last_key, first_key, id] };
      groups.push(group);
    }
    for (const one of [id, other]) {
      if (groupOf.has(one)) continue;
      groupOf.set(one, group);
      group.ids.push(one);
      group.count += 1;
    }
  }
  return groups;
}

const shown = (ids: readonly string[]) =>
  q
    .selectFrom('contacts')
    .select(['id', 'first_name', 'last_name', 'email', 'phone', 'mobile', 'company', 'owner_id', 'created_at'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('id');

export const duplicateRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/contacts/duplicates',
    { config: { scope: 'company' }, schema: { querystring: DuplicateQuery, response: { 200: DuplicatePage } } },
    async ({ company, query: { by = 'email', limit = 50, cursor } }) => {
      const list = `duplicates ${by}`;
      const { companyId } = company.context;
      const after = cursor === undefined ? null : decodeCursor(cursor, companyId, list);
      const { groups, next } =
        by === 'name' ? await similarNames(company, after) : await sameKey(company, by, after?.[0] ?? null, limit);
      const contacts = await company.many(shown(groups.flatMap(({ ids }) => ids.slice(0, SHOWN))));
      const items = groups.map(({ ids, count }) => ({
        reason: by as Reason,
        count,
        contacts: contacts.filter(({ id }) => ids.slice(0, SHOWN).includes(id)),
      }));
      return { items: items as never[], next_cursor: next === null ? null : encodeCursor(next, companyId, list) };
    },
  );
};
