import { mutant } from '../../mutation/mutant.ts';
import { defineOffences, instead } from '../../mutation/offence.ts';

const file = 'features/contacts/server/hurried.ts';
const tell = 'if (this.#member === undefined || !mayHear(this.#member, change)) return;';
const told = 'const { table, id, action } = change;';

export default defineOffences([
  {
    what: 'an audience of all companies',
    application: mutant(
      'realtime',
      'server/audience.ts',
      instead('if (companyId !== member.companyId) return false;', ''),
    ),
  },
  {
    what: 'an audience that compares the owner alone',
    application: mutant(
      'realtime',
      'server/audience.ts',
      instead('companyId !== member.companyId', 'ownerId !== undefined && companyId !== member.companyId'),
    ),
  },
  {
    what: 'a socket that asks nobody who may hear',
    application: mutant('realtime', 'server/connection.ts', instead(tell, 'if (this.#member === undefined) return;')),
  },
  {
    what: 'a socket that hears before it said whose it is',
    application: mutant(
      'realtime',
      'server/connection.ts',
      instead(tell, 'if (this.#member !== undefined && !mayHear(this.#member, change)) return;'),
    ),
  },
  {
    what: 'a change that is told with all that is known of it',
    application: mutant('realtime', 'server/connection.ts', (text) =>
      instead(
        told,
        'const { table, id, action } = change; const more = change;',
      )(text).replace("{ type: 'changed', table, id, action }", "{ type: 'changed', table, id, action, ...more }"),
    ),
  },
  {
    what: 'viewers of a record, whichever company they are of',
    application: mutant(
      'realtime',
      'server/presence.ts',
      instead(`\`\${companyId}/\${table}/\${id}\``, `\`\${table}/\${id}\``),
    ),
  },
  {
    what: 'a server that tells nobody anything any more',
    application: mutant('realtime', 'server/routes.ts', instead('else connection.tell(message);', '')),
  },
  {
    what: 'a change of no company',
    sources: {
      [file]: `export const x = (app, id: string) => app.events.publish({ table: 'contacts', id, action: 'updated' } as never);`,
    },
  },
  {
    what: 'a change of the company that a body names',
    sources: {
      [file]: `export const x = async ({ server, body }) => server.events.publish({ companyId: body.company_id, table: 'contacts', id: 'x', action: 'updated' });`,
    },
  },
  {
    what: 'a change of the company that a path names',
    sources: {
      'features/companies/server/routes.ts': instead(
        `companyId: company.context.companyId, table: 'users'`,
        `companyId: params.company_id, table: 'users'`,
      ),
    },
  },
  {
    what: 'a change with the row in it',
    sources: {
      [file]: `export const x = (app, companyId: string, contact) => app.events.publish({ companyId, table: 'contacts', id: contact.id, action: 'updated', email: contact.email });`,
    },
  },
  {
    what: 'a notification past the channel',
    sources: {
      [file]: `import { sql } from 'kysely';\nexport const x = (company, id: string) => company.run(sql\`select pg_notify('changes', \${id})\`);`,
    },
  },
]);
