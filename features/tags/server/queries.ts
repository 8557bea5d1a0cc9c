import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { Tag, TagCreate } from '../contract.ts';

const columns = ['tags.id', 'tags.name', 'tags.color', 'tags.created_at', 'tags.updated_at', 'tags.version'] as const;

export const tagList = () => q.selectFrom('tags').select(columns);

export const oneTag = (id: string) => tagList().where('id', '=', id);

/** How many records that the caller sees carry each of the tags: one pass over the records, however many tags. */
export const tagCounts = (table: 'contacts' | 'deals', names: readonly string[]) =>
  q
    .selectFrom(table)
    .innerJoin(sql<{ tag: string }>`unnest(tags)`.as<'used'>(sql`used(tag)`), (join) => join.onTrue())
    .select([sql<string>`used.tag`.as('tag'), sql<number>`count(*)::int`.as('count')])
    .where(`${table}.deleted_at`, 'is', null)
    .where(sql<boolean>`tags <> '{}'`)
    .where(sql<boolean>`used.tag = any(${names}::text[])`)
    .groupBy(sql`used.tag`);

export const insertTag = (tag: TagCreate) => q.insertInto('tags').values(tag).returning(columns);

export function colorTag(id: string, color: Tag['color'], version: number | undefined) {
  const query = q.updateTable('tags').set({ color }).where('id', '=', id);
  return (version === undefined ? query : query.where('version', '=', version)).returning(columns);
}

export const lockTag = (id: string) => oneTag(id).forUpdate();
