import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import { AlikeContacts, AlikeQuery } from '../contract.ts';

const MOST = 5;

/** Those that hold this in one of the keys by which contacts are the same: a range of that key's index. */
function holding(column: 'email_key' | 'phone_key' | 'mobile_key', value: string) {
  const key = column === 'email_key' ? sql<string>`lower(${value})` : sql<string>`app.phone_key(${value})`;
  return q
    .selectFrom('contacts')
    .select(['id', 'first_name', 'last_name', 'email', 'phone', 'mobile', 'company', 'owner_id', 'created_at'])
    .where('deleted_at', 'is', null)
    .where(column, '=', key)
    .orderBy('id')
    .limit(MOST);
}

export const alikeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/contacts/alike',
    {
      config: { scope: 'company' },
      schema: {
        description:
          'Contacts with this e-mail address or telephone number, of those that you see: before one is made twice.',
        querystring: AlikeQuery,
        response: { 200: AlikeContacts },
      },
    },
    async ({ company, query: { email, phone } }) => {
      const asked = [
        ...(email ? [holding('email_key', email)] : []),
        ...(phone ? [holding('phone_key', phone), holding('mobile_key', phone)] : []),
      ];
      const found = (await Promise.all(asked.map((each) => company.many(each)))).flat();
      const items = [...new Map(found.map((contact) => [contact.id, contact])).values()].slice(0, MOST);
      return { items };
    },
  );
};
