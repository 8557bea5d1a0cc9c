import { setTimeout as pause } from 'node:timers/promises';
import { contactBody } from './contacts.ts';
import { type Call, notFound, type Route } from './server.ts';
import { find, type Has, type Store, shapes, shown } from './store.ts';

const { id, object } = shapes;
const item = '/api/contacts/{contact_id}';

/** One contact: read, changed, deleted, brought back and merged by its id. */
export function contactRoutes(store: Store, has: Has): Route[] {
  const contacts = () => store.table('contacts');
  const own = (call: Call, bug?: string) =>
    find(store, 'contacts', call.params.contact_id, bug !== undefined && has(bug) ? undefined : call.company);
  const foreign = (wanted: string | undefined) => find(store, 'contacts', wanted, undefined);
  return [
    {
      method: 'GET',
      path: item,
      async answer(call) {
        const row = own(call, 'read by id');
        const wanted = call.params.contact_id ?? '';
        const other = row === undefined ? foreign(has('id in capitals') ? wanted.toLowerCase() : wanted) : undefined;
        if (has('id in capitals') && other && wanted !== other.id) return { body: shown(other) };
        if (has('id in a list') && row === undefined) {
          const inner = foreign(/[0-9a-f-]{36}/.exec(wanted)?.[0]);
          if (inner && inner.id !== wanted) return { body: shown(inner) };
        }
        if (other !== undefined) {
          if (has('forbidden or missing')) return { status: 403, body: { error: 'not found' } };
          if (has('another message')) return { status: 404, body: { error: 'not yours' } };
          if (has('a longer answer')) return { status: 404, body: '{"error":"not found"} ' };
          if (has('another header')) return { ...notFound(), headers: { 'x-cache': 'hit' } };
          if (has('a later answer')) await pause(25);
          if (has('id of the owner in the error'))
            return { status: 404, body: { error: 'not found', detail: `belongs to ${other.company}` } };
          if (has('key sees all') && call.byKey) return { body: shown(other) };
        }
        if (row === undefined) return notFound();
        const etag = `"${row.id.slice(0, 8)}"`;
        return { body: shown(row), headers: { etag, 'cache-control': 'private' } };
      },
    },
    {
      method: 'HEAD',
      path: item,
      answer: (call) => {
        const row = own(call, 'head by id');
        return row ? { headers: { 'x-name': String(row.name) } } : notFound();
      },
    },
    {
      method: 'OPTIONS',
      path: item,
      answer: (call) => ({
        body: has('options by id') ? (foreign(call.params.contact_id) ?? {}) : {},
        headers: { allow: 'GET' },
      }),
    },
    ...(['PUT', 'PATCH'] as const).map(
      (method): Route => ({
        method,
        path: item,
        body: contactBody,
        answer(call) {
          const row = own(call, method === 'PUT' ? 'put by id' : 'patch by id');
          if (method === 'PATCH' && has('silent change') && row === undefined) {
            const other = foreign(call.params.contact_id);
            if (other) other.note = 'changed';
          }
          if (row === undefined) return notFound();
          row.name = call.body.name ?? row.name;
          row.note = call.body.note ?? row.note;
          return { body: shown(row) };
        },
      }),
    ),
    {
      method: 'DELETE',
      path: item,
      answer: (call) => {
        const row = own(call, 'delete by id');
        if (!row) return notFound();
        row.deleted = true;
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: item,
      hidden: true,
      answer(call) {
        const says = call.headers['x-http-method-override'] ?? call.query.get('_method');
        const row = foreign(call.params.contact_id);
        if (has('method override') && says === 'DELETE' && row) row.deleted = true;
        return { status: 405, body: { error: 'no such method' } };
      },
    },
    {
      method: 'POST',
      path: `${item}/restore`,
      answer(call) {
        const row = contacts().find(
          (one) =>
            one.id === call.params.contact_id && one.deleted && (one.company === call.company || has('restore by id')),
        );
        if (row === undefined) return notFound();
        row.deleted = false;
        return { body: shown(row) };
      },
    },
    {
      method: 'POST',
      path: `${item}/merge`,
      body: object({ contact_id: id }),
      answer(call) {
        const row = own(call);
        const from = find(store, 'contacts', call.body.contact_id, has('merge takes any') ? undefined : call.company);
        if (row === undefined || from === undefined) return notFound();
        from.deleted = true;
        return { body: { ok: true } };
      },
    },
  ];
}
