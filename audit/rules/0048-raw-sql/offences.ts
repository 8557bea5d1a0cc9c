import { defineOffences, instead } from '../../mutation/offence.ts';

const file = 'features/contacts/server/hurried.ts';
const kysely = `import { sql } from 'kysely';\nimport { q } from '../../../server/tenancy/query.ts';\n`;

export default defineOffences([
  { what: 'a pool of its own', sources: { [file]: `import pg from 'pg';\nexport const pool = new pg.Pool();` } },
  {
    what: 'a driver that is loaded when it is needed',
    sources: { [file]: `export const load = async () => (await import('pg')).default;` },
  },
  {
    what: 'a driver that is required',
    sources: { [file]: `const { Client } = createRequire(import.meta.url)('x'); const pg = require('pg');` },
  },
  { what: 'a driver that is passed on', sources: { [file]: `export { Pool } from 'pg';` } },
  { what: 'another driver', sources: { [file]: `import postgres from 'postgres';\nexport const db = postgres();` } },
  {
    what: 'the connections behind the door',
    sources: { [file]: `import { connect } from '../../../server/tenancy/pool.ts';\nexport const c = connect;` },
  },
  {
    what: 'rows that are written as the administrator',
    sources: { [file]: `import { writePast } from '../../../server/tenancy/history.ts';\nexport const w = writePast;` },
  },
  {
    what: 'the queue of all companies',
    sources: {
      [file]: `import { openJobQueue } from '../../../server/tenancy/job-queue.ts';\nexport const o = openJobQueue;`,
    },
  },
  {
    what: 'a query builder of its own',
    sources: { [file]: `import { Kysely } from 'kysely';\nexport const db = new Kysely({} as never);` },
  },
  {
    what: 'a query without its plugins',
    sources: { [file]: `${kysely}export const all = () => q.withoutPlugins().selectFrom('contacts').selectAll();` },
  },
  {
    what: 'a compiled statement that is text',
    sources: {
      [file]: `import { CompiledQuery } from 'kysely';\nexport const all = CompiledQuery.raw('table contacts');`,
    },
  },
  {
    what: 'a select in raw SQL',
    sources: { [file]: `${kysely}export const all = () => sql\`select * from contacts\`.compile(q);` },
  },
  {
    what: 'a join in raw SQL',
    sources: {
      [file]: `${kysely}export const x = (id: string) => sql\`exists (select from deals d join contacts c on c.id = d.contact_id where d.id = \${id})\`;`,
    },
  },
  {
    what: 'a delete in raw SQL',
    sources: {
      [file]: `${kysely}export const x = (id: string) => sql\`delete from only public.notes where id = \${id}\`.compile(q);`,
    },
  },
  {
    what: 'a sub-query that lost its company',
    sources: {
      'features/deals/server/changes.ts': instead(
        '(select currency from companies where id = app.cid())',
        '(select currency from deals limit 1)',
      ),
    },
  },
  {
    what: 'a statement as text',
    sources: {
      [file]: `export const all = (company) => company.many({ sql: 'select * from contacts', parameters: [] });`,
    },
  },
  {
    what: 'an update as text',
    sources: {
      [file]: `export const x = (client, id) => client.query(\`update contacts set title = 'x' where id = \${id}\`);`,
    },
  },
  {
    what: 'a table that is named with its schema',
    sources: { [file]: `${kysely}export const all = () => q.selectFrom('public.contacts' as 'contacts').selectAll();` },
  },
  {
    what: 'a sort that a request writes',
    sources: {
      [file]: `${kysely}export const x = async ({ query }) => q.selectFrom('contacts').orderBy(sql.raw(query.sort));`,
    },
  },
  {
    what: 'a filter that a request writes',
    sources: {
      [file]: `${kysely}export const x = async (request) => { const { where } = request.body; return sql.raw(\`and \${where}\`); };`,
    },
  },
  {
    what: 'a company that is set by hand',
    sources: {
      [file]: `${kysely}export const x = (id: string) => sql\`select set_config('app.company_id', \${id}, false)\`.compile(q);`,
    },
  },
  {
    what: 'a role that is changed by hand',
    sources: { [file]: `export const x = (client) => client.query('set role bulkhead_owner');` },
  },
]);
