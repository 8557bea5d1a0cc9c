import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sql } from 'kysely';
import { notFound } from '../../../server/platform/problems.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import { ContactBulk, ContactBulkAnswer, ContactBulkChange } from '../contract.ts';
import type { StoredChange } from './queries.ts';
import { announce, checkedChange } from './service.ts';

const anyOf = (ids: string[]) => sql<string>`any(${ids}::uuid[])`;

/** Locked in the order of their ids, so that two batches that meet wait for each other instead of both failing. */
const lock = (ids: string[], deleted: boolean) => {
  const query = q
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', anyOf(ids))
    .where('deleted_at', deleted ? 'is not' : 'is', null)
    .orderBy('id')
    .forUpdate();
  return deleted ? query.where('merged_into_id', 'is', null) : query;
};

type Change = Omit<StoredChange, 'tags'> & { tags?: unknown; deleted_at?: unknown };

const update = (ids: string[], change: Change) =>
  q
    .updateTable('contacts')
    .set(change as object)
    .where('id', '=', anyOf(ids))
    .returning(['id', 'owner_id', 'private_to']);

/** All of them or none: one id that the caller cannot see is answered as one that does not exist. */
async function changeAll(company: Company, given: readonly string[], change: Change, deleted = false) {
  const ids = [...new Set(given.map((id) => id.toLowerCase()))];
  return company.transaction(async (tx) => {
    const locked = await tx.many(lock(ids, deleted));
    if (locked.length !== ids.length) throw notFound();
    return tx.many(update(ids, change));
  });
}

const retagged = (add: readonly string[], remove: readonly string[]) => sql`(
  select coalesce(array_agg(distinct tag order by tag), '{}')
  from unnest(contacts.tags || ${add}::text[]) tag
  where tag <> all (${remove}::text[]))`;

export const bulkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'company' } as const;

  app.post(
    '/api/contacts/bulk',
    { config, schema: { body: ContactBulkChange, response: { 200: ContactBulkAnswer } } },
    async ({ company, body: { ids, change } }) => {
      const { add_tags = [], remove_tags = [], ...fields } = change;
      const checked: Change = await checkedChange(company, fields);
      if (add_tags.length + remove_tags.length > 0) checked.tags = retagged(add_tags, remove_tags);
      const contacts = await changeAll(company, ids, checked);
      announce(app, company, 'updated', contacts);
      return { changed: contacts.length };
    },
  );

  app.post(
    '/api/contacts/bulk-delete',
    { config, schema: { body: ContactBulk, response: { 200: ContactBulkAnswer } } },
    async ({ company, body }) => {
      const contacts = await changeAll(company, body.ids, { deleted_at: sql`now()` });
      announce(app, company, 'deleted', contacts);
      return { changed: contacts.length };
    },
  );

  app.post(
    '/api/contacts/bulk-restore',
    { config, schema: { body: ContactBulk, response: { 200: ContactBulkAnswer } } },
    async ({ company, body }) => {
      const contacts = await changeAll(company, body.ids, { deleted_at: null }, true);
      announce(app, company, 'created', contacts);
      return { changed: contacts.length };
    },
  );
};
