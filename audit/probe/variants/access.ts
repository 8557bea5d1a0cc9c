import { newId, notFound, type Route } from './server.ts';
import { find, type Has, type Row, type Store, shapes, shown } from './store.ts';

const { text, id, object } = shapes;

/** Other ways in: keys, public links, staff, second code paths. */
export function accessRoutes(store: Store, has: Has): Route[] {
  const contact = (wanted: unknown, company: string | undefined) => find(store, 'contacts', String(wanted), company);
  return [
    {
      method: 'GET',
      path: '/api/keys',
      answer: ({ user }) => ({
        body: { items: store.people.filter((one) => one.user === user).map(({ key, user }) => ({ id: user, key })) },
      }),
    },
    {
      method: 'GET',
      path: '/api/names/{name}',
      answer: ({ params, company }) => ({
        body: {
          free: !store
            .table('contacts')
            .some((row) => row.email === params.name && (row.company === company || has('names over all'))),
        },
      }),
    },
    {
      method: 'GET',
      path: '/api/links',
      answer: ({ company }) => ({
        body: {
          items: store
            .table('links')
            .filter((row) => row.company === company)
            .map(shown),
        },
      }),
    },
    {
      method: 'POST',
      path: '/api/links',
      body: object({ title: text }),
      answer({ company, body }) {
        const row: Row = { id: newId(), company, title: body.title, token: newId() + newId() };
        store.table('links').push(row);
        return { status: 201, body: shown(row) };
      },
    },
    {
      method: 'GET',
      path: '/share/{token}',
      public: true,
      answer({ params }) {
        const row = store
          .table('links')
          .find((one) => one.token === params.token || (has('link by id') && one.id === params.token));
        return row ? { body: { title: row.title } } : notFound();
      },
    },
    {
      method: 'GET',
      path: '/api/open',
      public: true,
      answer: () => ({ body: has('open to all') ? store.table('contacts').map(shown) : { ok: true } }),
    },
    {
      method: 'GET',
      path: '/api/reports',
      // A filter on logins that one route forgot.
      careless: has('no login asked'),
      answer: ({ company }) => ({
        body: { rows: has('no login asked') && company === '' ? store.table('contacts').length : 0 },
      }),
    },
    {
      method: 'GET',
      path: '/api/admin/companies/{company_id}',
      answer: ({ params, company, headers }) => {
        const acts = has('grant believed') && headers['x-act-as'] === params.company_id;
        if (params.company_id !== company && !has('staff unread') && !acts) return notFound();
        return {
          body: {
            id: params.company_id,
            names: store
              .table('contacts')
              .filter((row) => row.company === params.company_id)
              .map(({ name }) => name),
          },
        };
      },
    },
    {
      method: 'POST',
      path: '/api/graphql',
      body: object({ query: { type: 'string' } }),
      answer({ body, company }) {
        const wanted = /contact\s*\(\s*id\s*:\s*"([^"]+)"/.exec(String(body.query))?.[1];
        const row = contact(wanted, has('graphql by id') ? undefined : company);
        return { body: { data: { contact: row ? shown(row) : null } } };
      },
    },
    {
      method: 'POST',
      path: '/api/rpc',
      body: object({ jsonrpc: text, method: text, params: { type: 'object' }, id: text }, ['method']),
      answer({ body, company }) {
        const wanted = body.params?.arguments?.id ?? body.params?.id;
        const row = contact(wanted, has('rpc by id') ? undefined : company);
        return { body: { jsonrpc: '2.0', id: body.id, result: row ? shown(row) : null } };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/contacts/{contact_id}',
      hidden: true,
      answer({ params, company }) {
        const row = contact(params.contact_id, has('old version') ? undefined : company);
        return row ? { body: shown(row) } : notFound();
      },
    },
    {
      method: 'GET',
      path: '/api/contacts/{contact_id}/card',
      query: { id },
      answer: ({ params, company, query }) => {
        const ids = query.getAll('contact_id');
        const row = contact(
          has('parameter twice') && ids.length > 0 ? ids.at(-1) : params.contact_id,
          has('parameter twice') && ids.length > 0 ? undefined : company,
        );
        return row ? { body: { name: row.name } } : notFound();
      },
    },
  ];
}
