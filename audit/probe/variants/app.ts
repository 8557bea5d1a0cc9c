import { createHmac } from 'node:crypto';
import { accessRoutes } from './access.ts';
import { type Call, newId, notFound, type ReadToken, type Reply, type Route, SECRET } from './server.ts';
import { sideRoutes } from './sides.ts';
import { find, type Has, type Row, type Store, shapes, shown } from './store.ts';

const { text, id, object } = shapes;

export function tokenReader(store: Store, has: Has): ReadToken {
  const read = (part: string) => {
    try {
      return JSON.parse(Buffer.from(part, 'base64url').toString());
    } catch {
      return undefined;
    }
  };
  return (headers) => {
    const key = headers['x-api-key'];
    if (typeof key === 'string') {
      const holder = store.people.find(
        (one) => one.key === key || (has('key by its beginning') && key.length > 8 && one.key.startsWith(key)),
      );
      return holder && { company: holder.company, user: holder.user, byKey: true };
    }
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    const [head = '', payload = '', signature = ''] = token?.split('.') ?? [];
    const [header, claims] = [read(head), read(payload)];
    if (header === undefined || claims === undefined) return undefined;
    const sign = (secret: string) => createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url');
    const good =
      signature === sign(SECRET) ||
      (has('token without algorithm') && header.alg === 'none') ||
      (has('token key from a file') && header.kid !== undefined && signature === sign('')) ||
      (has('token with a guessed key') && signature === sign('secret')) ||
      (has('token signature unread') && signature.length > 20);
    const person = store.people.find((one) => one.user === claims.sub);
    if (!good || (person?.gone && !has('token after removal'))) return undefined;
    if (
      person === undefined ||
      (person.company !== claims.company_id && !has('token company believed') && signature === sign(SECRET))
    )
      return undefined;
    return { company: String(claims.company_id), user: String(claims.sub), byKey: false };
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A list, a row, and what is done to it: the same for every kind. */
export function routesOf(store: Store, has: Has): Route[] {
  const contacts = () => store.table('contacts');
  const own = (call: Call, bug?: string) =>
    find(store, 'contacts', call.params.contact_id, bug !== undefined && has(bug) ? undefined : call.company);
  const foreign = (wanted: string | undefined) => find(store, 'contacts', wanted, undefined);
  const list = (call: Call) => contacts().filter((row) => row.company === call.company && !row.deleted);
  let lastCompany = '';
  const cache = new Map<string, unknown>();

  const contactBody = object({ name: text, email: { type: 'string', format: 'email' }, note: text }, ['name', 'email']);
  const item = '/api/contacts/{contact_id}';
  return [
    { method: 'GET', path: '/api/me', answer: ({ company, user }) => ({ body: { id: user, company_id: company } }) },
    {
      method: 'PATCH',
      path: '/api/me',
      body: object({ nickname: text }, []),
      answer: ({ user, company, body }) => ({
        body: {
          id: user,
          company_id: company,
          nickname: body.nickname,
          ...(has('role from the body') && { role: body.role }),
        },
      }),
    },
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
    {
      method: 'GET',
      path: '/api/deals',
      query: { contact_id: id },
      answer: ({ company, query }) => {
        const wanted = query.get('contact_id');
        if (has('filter tells') && wanted !== null && foreign(wanted) && !find(store, 'contacts', wanted, company))
          return { body: { items: [], contact: foreign(wanted)?.name } };
        return {
          body: {
            items: store
              .table('deals')
              .filter((row) => row.company === company && (wanted === null || row.contact_id === wanted))
              .map(shown),
          },
        };
      },
    },
    {
      method: 'POST',
      path: '/api/deals',
      body: object({ title: text, contact_id: id }),
      answer({ body, company }) {
        const contact = find(store, 'contacts', body.contact_id, has('body takes any id') ? undefined : company);
        if (contact === undefined)
          return has('body tells') && foreign(body.contact_id)
            ? { status: 403, body: { error: 'no such contact' } }
            : { status: 422, body: { error: 'no such contact' } };
        const row: Row = {
          id: newId(),
          company,
          title: body.title,
          contact_id: contact.id,
          contact_name: contact.name,
        };
        store.table('deals').push(row);
        return { status: 201, body: shown(row) };
      },
    },
    ...nested(store, has),
    ...sideRoutes(store, has),
    ...accessRoutes(store, has),
  ];
}

function nested(store: Store, has: Has): Route[] {
  const both = ({ params, company }: Call): Reply => {
    const project = find(store, 'projects', params.project_id, has('parent unread') ? undefined : company);
    const task = find(store, 'tasks', params.task_id, has('child unread') ? undefined : company);
    if (
      project === undefined ||
      task === undefined ||
      (task.project_id !== project.id && !has('child unread') && !has('parent unread'))
    )
      return notFound();
    return { body: shown(task) };
  };
  const make =
    (table: string, more: (call: Call) => object | undefined) =>
    (call: Call): Reply => {
      const extra = more(call);
      if (extra === undefined) return notFound();
      const row: Row = { id: newId(), company: call.company, name: call.body.name, ...extra };
      store.table(table).push(row);
      return { status: 201, body: shown(row) };
    };
  const rows =
    (table: string) =>
    ({ company }: Call): Reply => ({
      body: store
        .table(table)
        .filter((row) => row.company === company)
        .map(shown),
    });
  return [
    { method: 'GET', path: '/api/projects', answer: rows('projects') },
    { method: 'POST', path: '/api/projects', body: object({ name: text }), answer: make('projects', () => ({})) },
    {
      method: 'POST',
      path: '/api/projects/{project_id}/tasks',
      body: object({ name: text }),
      answer: make(
        'tasks',
        ({ params, company }) =>
          find(store, 'projects', params.project_id, company) && { project_id: params.project_id },
      ),
    },
    { method: 'GET', path: '/api/projects/{project_id}/tasks/{task_id}', answer: both },
  ];
}
