import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Call, newId, notFound, type Reply, type Route, SECRET } from './server.ts';
import { find, type Has, type Row, type Store, shapes, shown } from './store.ts';

const { text, id, object } = shapes;
const sign = (value: string, key: string) => createHmac('sha256', key).update(value).digest('hex');
const same = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** What runs beside the rows: exports, files, webhooks, workflows, logs. */
export function sideRoutes(store: Store, has: Has): Route[] {
  const add = (table: string, company: string, more: object): Row => {
    const row: Row = { id: newId(), company, ...more };
    store.table(table).push(row);
    return row;
  };
  const rows =
    (table: string, bug?: string) =>
    ({ company }: Call): Reply => ({
      body: {
        items: store
          .table(table)
          .filter((row) => row.company === company || (bug !== undefined && has(bug)))
          .map(shown),
      },
    });
  const secretOf = (company: string) => sign(company, SECRET);
  const linkOf = ({ id: file }: Row) => {
    const expires = 4_000_000_000;
    return `/files/${file}?expires=${expires}&signature=${sign(has('signature without file') ? `${expires}` : `${file} ${expires}`, SECRET)}`;
  };
  return [
    { method: 'GET', path: '/api/exports', answer: rows('exports') },
    {
      method: 'POST',
      path: '/api/exports',
      body: object({ title: text }),
      answer({ company, body }) {
        const all = store.table('contacts').filter((row) => row.company === company || has('export over all'));
        const row = add('exports', company, { title: body.title, content: all.map(({ name }) => name).join('\n') });
        return { status: 202, body: { id: row.id, title: row.title, status: 'done' } };
      },
    },
    {
      method: 'GET',
      path: '/api/exports/{export_id}',
      answer({ params, company }) {
        const row = find(store, 'exports', params.export_id, has('export by id') ? undefined : company);
        return row ? { body: shown(row) } : notFound();
      },
    },
    {
      method: 'GET',
      path: '/api/files',
      answer: ({ company }) => ({
        body: {
          items: store
            .table('files')
            .filter((row) => row.company === company && !row.deleted)
            .map((row) => ({ ...shown(row), url: linkOf(row) })),
        },
      }),
    },
    {
      method: 'POST',
      path: '/api/files',
      body: object({ name: text, content: text }),
      answer({ company, body }) {
        const row = add('files', company, { name: body.name, content: body.content });
        return { status: 201, body: { ...shown(row), url: linkOf(row) } };
      },
    },
    {
      method: 'GET',
      path: '/api/files/{file_id}',
      answer({ params, company }) {
        const row = find(store, 'files', params.file_id, has('file by id') ? undefined : company);
        return row ? { body: { ...shown(row), url: linkOf(row) } } : notFound();
      },
    },
    {
      method: 'DELETE',
      path: '/api/files/{file_id}',
      answer({ params, company }) {
        const row = find(store, 'files', params.file_id, company);
        if (!row) return notFound();
        row.deleted = true;
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/files/{file_id}',
      public: true,
      hidden: true,
      answer({ params, query }) {
        const row = store.table('files').find((one) => one.id === params.file_id);
        const expires = query.get('expires') ?? '';
        const signature = query.get('signature') ?? '';
        const good = same(
          signature,
          sign(has('signature without file') ? expires : `${params.file_id} ${expires}`, SECRET),
        );
        const fine =
          good ||
          has('signature unread') ||
          (has('signature half read') &&
            same(signature.slice(0, 8), sign(`${params.file_id} ${expires}`, SECRET).slice(0, 8)));
        if (!row || !fine || (row.deleted && !has('link after deletion'))) return notFound();
        return { body: { content: row.content } };
      },
    },
    {
      method: 'GET',
      path: '/api/integrations',
      answer: ({ company }) => ({ body: { items: [{ id: company, signing_secret: secretOf(company) }] } }),
    },
    {
      method: 'POST',
      path: '/api/webhooks/crm',
      public: true,
      body: object({ company_id: id, contact_id: id, note: text }),
      answer({ body, headers, raw }) {
        const given = String(headers['x-signature'] ?? '');
        const signer = store.people.find(({ company }) => same(given, sign(raw, secretOf(company))))?.company;
        const company = has('webhook unsigned')
          ? body.company_id
          : has('webhook company believed') && signer
            ? body.company_id
            : signer;
        if (company === undefined) return { status: 401, body: { error: 'signature' } };
        const row = find(store, 'contacts', body.contact_id, has('webhook takes any id') ? undefined : company);
        if (row) row.note = body.note;
        return { status: 202, body: { ok: true } };
      },
    },
    { method: 'GET', path: '/api/workflows', answer: rows('workflows') },
    {
      method: 'POST',
      path: '/api/workflows',
      body: object({ name: text, target: { type: 'object' } }, ['name']),
      answer: ({ company, body }) => ({
        status: 201,
        body: shown(add('workflows', company, { name: body.name, target: body.target ?? {} })),
      }),
    },
    {
      method: 'POST',
      path: '/api/workflows/{workflow_id}/run',
      answer({ params, company }) {
        const row = find(store, 'workflows', params.workflow_id, company);
        if (!row) return notFound();
        const wanted = String((row.target as { contact_id?: string }).contact_id);
        const contact = find(store, 'contacts', wanted, has('workflow takes any id') ? undefined : company);
        if (contact && has('workflow takes any id')) contact.note = 'touched by a workflow';
        return {
          body: {
            ok: true,
            read: has('workflow shows') ? (find(store, 'contacts', wanted, undefined)?.name ?? '') : '',
          },
        };
      },
    },
    {
      method: 'GET',
      path: '/api/audit-logs',
      query: { contact_id: id },
      answer: (call) =>
        has('log by filter') && call.query.has('contact_id')
          ? {
              body: {
                items: store
                  .table('contacts')
                  .filter(({ id }) => id === call.query.get('contact_id'))
                  .map(({ name }) => ({ action: 'made', name })),
              },
            }
          : { body: { items: [] } },
    },
    { method: 'GET', path: '/api/notifications', answer: rows('notifications') },
    { method: 'GET', path: '/api/comments', answer: rows('comments', 'comments over all') },
    {
      method: 'POST',
      path: '/api/comments',
      body: object({ body: text }),
      answer({ company, body }) {
        for (const person of store.people)
          if (String(body.body).includes(person.user) && (person.company === company || has('mention anybody')))
            add('notifications', person.company, { text: body.body });
        return { status: 201, body: shown(add('comments', company, { body: body.body })) };
      },
    },
  ];
}
