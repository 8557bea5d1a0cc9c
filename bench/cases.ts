import type { CompiledQuery } from 'kysely';
import { contactPage } from '../features/contacts/server/lists.ts';
import { insertContact, oneContact } from '../features/contacts/server/queries.ts';
import { pageQuery } from '../server/platform/list.ts';
import { id, sizes } from './dataset.ts';

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

const contactId = `('00000000-0000-7000-8000-' || (600000000000 + :c * 1000000 + :n))::uuid`;

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
    query: pageQuery(contactPage({}), { limit: 50 }, id.company(0)).rows.compile(),
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
    }).compile(),
  },
];
