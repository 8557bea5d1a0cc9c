import { setTimeout as pause } from 'node:timers/promises';
import { type Call, newId, notFound, type Route } from './server.ts';
import { find, type Has, type Row, type Store, shapes, shown } from './store.ts';

const { text, id, object } = shapes;

/** What a contact is made or changed with. */
export const contactBody = object({ name: text, email: { type: 'string', format: 'email' }, note: text }, [
  'name',
  'email',
]);

/** Many contacts: listed, searched, counted, made, read and deleted together. */
export function contactsRoutes(store: Store, has: Has): Route[] {
  const contacts = () => store.table('contacts');
  const foreign = (wanted: string | undefined) => find(store, 'contacts', wanted, undefined);
  const list = (call: Call) => contacts().filter((row) => row.company === call.company && !row.deleted);
  let lastCompany = '';
  const cache = new Map<string, unknown>();
  return [
    {
      method: 'GET',
      path: '/api/contacts',
      query: { search: text, owner_id: id, cursor: text, limit: { type: 'integer' }, fields: text },
      async answer(call) {
        const { query, headers } = call;
        let company = call.company;
        if (has('company from a header'))
          company = String(headers['x-company-id'] ?? headers['x-tenant-id'] ?? company);
        if (has('company from the query')) company = query.get('company_id') ?? company;
        if (has('company from the host'))
          company = /^([0-9a-f-]{36})\./.exec(String(headers['x-forwarded-host'] ?? ''))?.[1] ?? company;
        if (has('company from a cookie')) company = /company_id=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? company;
        if (has('shared variable')) {
          lastCompany = company;
          // As long as a database takes, so that requests meet on a busy machine too.
          await pause(25);
          company = lastCompany;
        }
        const cacheKey = `list ${query}`;
        if (has('cache without company') && cache.has(cacheKey)) return { body: cache.get(cacheKey) };
        const search = query.get('search');
        const at = JSON.parse(Buffer.from(query.get('cursor') ?? 'e30', 'base64url').toString() || '{}');
        if (has('company from the cursor') && at.company !== undefined) company = at.company;
        let rows = contacts().filter((row) => row.company === company && !row.deleted);
        if (has('search over all') && search !== null) rows = contacts();
        if (has('fields over all') && query.get('fields') === '*') rows = contacts();
        if (search !== null)
          rows = rows.filter((row) => JSON.stringify(row).toLowerCase().includes(search.toLowerCase()));
        if (query.has('owner_id')) rows = rows.filter((row) => row.owner_id === query.get('owner_id'));
        const limit = Number(query.get('limit') ?? 100) || 100;
        const next =
          rows.length > limit
            ? Buffer.from(JSON.stringify({ company, after: rows[limit - 1]?.id })).toString('base64url')
            : null;
        const start = rows.findIndex((row) => row.id === at.after) + 1;
        const body = { items: rows.slice(start, start + limit).map(shown), next_cursor: next };
        if (has('cache without company')) cache.set(cacheKey, body);
        return {
          body,
          headers: has('public cache')
            ? { 'cache-control': 'public, max-age=60' }
            : { 'cache-control': 'private, no-store' },
        };
      },
    },
    {
      method: 'POST',
      path: '/api/contacts',
      body: contactBody,
      answer({ body, company }) {
        if (typeof body.name !== 'string' || typeof body.email !== 'string')
          return { status: 422, body: { error: 'name and email' } };
        const taken = contacts().some(
          (row) => row.email === body.email && !row.deleted && (row.company === company || has('unique over all')),
        );
        if (taken) return { status: 409, body: { error: 'this address is taken' } };
        const row: Row = { id: newId(), company, name: body.name, email: body.email, note: body.note };
        if (has('company from the body') && body.company_id) row.company = body.company_id;
        if (has('id from the body') && typeof body.id === 'string') {
          const there = contacts().findIndex((one) => one.id === body.id);
          if (there >= 0) contacts().splice(there, 1);
          row.id = body.id;
        }
        contacts().push(row);
        return { status: 201, body: shown(row) };
      },
    },
    {
      method: 'DELETE',
      path: '/api/contacts',
      query: { name: text },
      answer({ company, query }) {
        const rows = contacts().filter(
          (row) =>
            (row.company === company || has('delete by filter over all')) &&
            (!query.has('name') || row.name === query.get('name')),
        );
        for (const row of rows) row.deleted = true;
        return { body: { ok: true } };
      },
    },
    {
      method: 'GET',
      path: '/api/contacts/count',
      answer: (call) => ({ body: { total: (has('count over all') ? contacts() : list(call)).length } }),
    },
    {
      method: 'GET',
      path: '/api/contacts/facets',
      answer: (call) => ({
        body: {
          initials: Object.fromEntries(
            (has('facets over all') ? contacts() : list(call)).map(({ id }) => [id.slice(0, 1), 1]),
          ),
          rows: (has('facets over all') ? contacts() : list(call)).length,
        },
      }),
    },
    {
      method: 'POST',
      path: '/api/contacts/batch-get',
      body: object({ ids: { type: 'array', items: id } }),
      answer({ body, company }) {
        if (!Array.isArray(body.ids)) return { status: 422, body: { error: 'ids' } };
        const owned = body.ids.filter((one: string) => find(store, 'contacts', one, company));
        if (has('batch checks the first') ? owned[0] !== body.ids[0] : owned.length !== body.ids.length)
          return notFound();
        return {
          body: { items: body.ids.map((one: string) => foreign(one)).map((row: Row | undefined) => row && shown(row)) },
        };
      },
    },
  ];
}
