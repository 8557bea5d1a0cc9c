import type { CompiledQuery } from 'kysely';
import { contactPage } from '../features/contacts/server/lists.ts';
import { insertContact, oneContact } from '../features/contacts/server/queries.ts';
import { moveDeal } from '../features/deals/server/changes.ts';
import { summaryFor } from '../features/deals/server/figure-queries.ts';
import { discoverFeatures } from '../server/discover.ts';
import { pageQuery } from '../server/platform/list.ts';
import type { AnyQuery } from '../server/tenancy/door.ts';
import { id, sizes } from './dataset.ts';

// A query gets its company only where its tables are declared, which features do.
await discoverFeatures();

/** One thing that users do all day, as a request and as the very SQL that the server runs for it. */
export interface Case {
  name: string;
  /** Share of pgbench's requests/s to reach. */
  target: number;
  /** Lua that returns method, path and body; `c` is the company's number, `random(n)` gives 0 to n-1. */
  request: string;
  /** The server's statement; a value that is a key of `variables` becomes that expression in pgbench. */
  query: CompiledQuery<unknown>;
  variables?: Record<string, string>;
}

const compiled = (query: AnyQuery<unknown>) => ('compile' in query ? query.compile() : query);

const contactId = `('00000000-0000-7000-8000-' || (600000000000 + :c * 1000000 + :n))::uuid`;

const dealId = `('00000000-0000-7000-8000-' || (700000000000 + :c * 1000000 + :d))::uuid`;
const stageId = `('00000000-0000-7000-8000-' || (500000000000 + :c * 10 + :s))::uuid`;
const pipelineId = `('00000000-0000-7000-8000-' || (400000000000 + :c))::uuid`;

export const cases: Case[] = [
  {
    name: 'point read',
    target: 0.6,
    request: `return "GET", "/api/contacts/00000000-0000-7000-8000-" .. string.format("%d", 600000000000 + c * 1000000 + random(${sizes.contacts}))`,
    query: oneContact({ id: '@contact' }),
    variables: { '@contact': contactId },
  },
  {
    name: 'list of 50',
    target: 0.45,
    request: `return "GET", "/api/contacts/?limit=50"`,
    query: compiled(pageQuery(contactPage({}), { limit: 50 }, id.company(0)).rows),
  },
  {
    name: 'create',
    target: 0.55,
    request: `return "POST", "/api/contacts/", '{"first_name":"Grace","last_name":"Hopper","email":"grace@example.com","company":"Navy"}'`,
    query: insertContact({
      first_name: 'Grace',
      last_name: 'Hopper',
      email: 'grace@example.com',
      company: 'Navy',
    }),
  },
  {
    name: 'move a deal',
    target: 0.55,
    request: `return "PATCH", "/api/deals/00000000-0000-7000-8000-" .. string.format("%d", 700000000000 + c * 1000000 + random(${sizes.deals})) .. "/move", '{"stage_id":"00000000-0000-7000-8000-' .. string.format("%d", 500000000000 + c * 10 + random(${sizes.stages})) .. '"}'`,
    query: moveDeal({ id: '@deal', stage: '@stage', won: null, lost: null }),
    variables: { '@deal': dealId, '@stage': stageId },
  },
  {
    name: 'pipeline summary',
    target: 0.7,
    request: `return "GET", "/api/deals/summary?pipeline_id=00000000-0000-7000-8000-" .. string.format("%d", 400000000000 + c)`,
    query: summaryFor({ companyId: id.company(0), userId: null, owners: '*' }, { pipeline_id: '@pipeline' }),
    variables: { '@pipeline': pipelineId },
  },
  {
    name: 'search',
    target: 0.7,
    request: `return "GET", "/api/contacts/?limit=50&search=" .. string.format("contact%d%%40", random(${sizes.contacts}))`,
    query: compiled(pageQuery(contactPage({ search: '@term' }), { limit: 50 }, id.company(0)).rows),
    variables: { '@term': `('contact' || :n || '@')` },
  },
];
