import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sql } from 'kysely';
import { found, invalid, notFound } from '../../../server/platform/problems.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import { Contact, ContactMerge, ContactParams, mergeFields } from '../contract.ts';
import { contactColumns, updateContact } from './queries.ts';
import { announce } from './service.ts';

const MOST_NOTES = 50_000;

const lockBoth = (ids: string[]) =>
  q
    .selectFrom('contacts')
    .select(contactColumns)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forUpdate();

const retire = (duplicate: string, kept: string) =>
  q.updateTable('contacts').set({ deleted_at: sql`now()`, merged_into_id: kept }).where('id', '=', duplicate);

type Row = Contact;
const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** What changes on the kept contact: told choices first; else the duplicate fills what is empty, and nothing is lost. */
function changeOf(kept: Row, duplicate: Row, choices: ContactMerge['fields'] = {}): Partial<Row> {
  const change: Record<string, unknown> = {};
  for (const field of mergeFields) {
    const choice = choices[field] ?? (isEmpty(kept[field]) && !isEmpty(duplicate[field]) ? 'duplicate' : 'kept');
    if (choice === 'duplicate') change[field] = duplicate[field];
  }
  const tags = [...new Set([...kept.tags, ...duplicate.tags])];
  if (tags.length > kept.tags.length) change.tags = tags;
  const custom =
    choices.custom_fields === 'duplicate'
      ? { ...kept.custom_fields, ...duplicate.custom_fields }
      : { ...duplicate.custom_fields, ...kept.custom_fields };
  change.custom_fields = JSON.stringify(custom);
  const notes = `${kept.notes}\n\n${duplicate.notes}`;
  const bothNoted = !isEmpty(kept.notes) && !isEmpty(duplicate.notes) && kept.notes !== duplicate.notes;
  if (choices.notes === undefined && bothNoted && notes.length <= MOST_NOTES) change.notes = notes;
  return change as Partial<Row>;
}

async function merge(company: Company, keptId: string, { duplicate_id, fields }: ContactMerge): Promise<[Row, Row]> {
  const ids = [keptId.toLowerCase(), duplicate_id.toLowerCase()] as const;
  if (ids[0] === ids[1]) throw invalid('duplicate_id', 'same_contact', 'must be another contact');
  return company.transaction(async (tx) => {
    const rows = (await tx.many(lockBoth([...ids]))) as Row[];
    const [kept, duplicate] = ids.map((id) => rows.find((row) => row.id === id));
    if (kept === undefined || duplicate === undefined) throw notFound();
    // The duplicate goes first: were a value ever unique among living contacts, the kept one could still take it.
    await tx.run(retire(duplicate.id, kept.id));
    const merged = found(await tx.first(updateContact(kept.id, changeOf(kept, duplicate, fields) as never, undefined)));
    await tx.gate('follow_merge', [kept.id, duplicate.id]);
    return [merged as Row, duplicate];
  });
}

export const mergeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/contacts/:contact_id/merge',
    {
      config: { scope: 'company' },
      schema: { params: ContactParams, body: ContactMerge, response: { 200: Contact } },
    },
    async ({ company, params, body }, reply) => {
      const [kept, duplicate] = await merge(company, params.contact_id, body as ContactMerge);
      announce(app, company, 'updated', [kept]);
      announce(app, company, 'deleted', [duplicate]);
      return reply.header('etag', `"${kept.version}"`).send(kept);
    },
  );
};
