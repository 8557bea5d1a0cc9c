import { company, onlyRoutes } from '../../mutation/leaky.ts';
import { defineOffences, instead } from '../../mutation/offence.ts';

const file = 'features/contacts/server/hurried.ts';
const lru = `import { LRUCache } from 'lru-cache';\n`;

export default defineOffences([
  {
    what: 'definitions of fields under their resource',
    sources: { 'features/custom-fields/server/service.ts': instead(`\`\${companyId}/\${resource}\``, 'resource') },
  },
  {
    what: 'sessions under their id',
    sources: { 'server/platform/session.ts': instead(`\`\${companyId}/\${sessionId}\``, 'sessionId') },
  },
  {
    what: 'who looks at a record, under the record',
    sources: {
      'features/realtime/server/presence.ts': instead(`\`\${companyId}/\${table}/\${id}\``, `\`\${table}/\${id}\``),
    },
  },
  {
    what: 'contacts under their id',
    sources: {
      [file]: `${lru}const cache = new LRUCache({ max: 100 });\nexport async function one(company, id: string) { const known = cache.get(id); if (known) return known; const row = await company.first(id); cache.set(id, row); return row; }`,
    },
  },
  {
    what: 'lists under their query',
    sources: {
      [file]: `const lists = new Map();\nexport async function list({ company, query }) { const key = JSON.stringify(query); if (!lists.has(key)) lists.set(key, await company.many(query)); return lists.get(key); }`,
    },
  },
  {
    what: 'figures under a constant',
    sources: {
      [file]: `const kept = new Map();\nexport async function figures(company) { kept.set('figures', await company.many('x')); return kept.get('figures'); }`,
    },
  },
  {
    what: 'a key that a header makes',
    sources: {
      [file]: `${lru}const cache = new LRUCache({ max: 100 });\nexport const one = async ({ headers, company }) => { cache.set(headers['x-company-id'], await company.many('x')); };`,
    },
  },
  {
    what: 'the last answer in a variable',
    sources: {
      [file]: `let last;\nexport async function list(company) { last ??= await company.many('x'); return last; }`,
    },
  },
  {
    what: 'an object that remembers rows',
    sources: {
      [file]: `export class Rows { readonly #rows = new Map(); keep(id: string, row: object) { this.#rows.set(id, row); } }\nexport const rows = new Rows();`,
    },
  },
  {
    what: 'a list of who was seen',
    sources: {
      [file]: `const seen = new Set();\nexport const isNew = (email: string) => { const known = seen.has(email); seen.add(email); return !known; };`,
    },
  },
  {
    what: 'an answer that proxies may keep',
    application: onlyRoutes(async (app) => {
      app.get('/api/leaky', { config: company, schema: {} }, async (_request, reply) =>
        reply.header('cache-control', 'public, max-age=60').send({}),
      );
    }),
  },
  {
    what: 'an answer that proxies may keep once it is found',
    sources: {
      [file]: `export const send = (reply, row) => reply.header('cache-control', 'public, max-age=60').send(row);`,
    },
  },
]);
