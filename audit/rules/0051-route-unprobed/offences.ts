import { defineOffences } from '../../mutation/offence.ts';

const route = 'GET /api/contacts/{contact_id}';

export default defineOffences([
  {
    what: 'a route that is newer than the last attack',
    application: ({ attacks }) => ({
      attacks: Object.fromEntries(Object.entries(attacks ?? {}).filter(([endpoint]) => endpoint !== route)),
    }),
  },
  {
    what: 'a route to which no attack applied',
    application: ({ attacks }) => ({ attacks: { ...attacks, [route]: { attacks: 0, leaks: 0 } } }),
  },
  {
    what: 'a route that leaked when it was attacked',
    application: ({ attacks }) => ({ attacks: { ...attacks, [route]: { attacks: 32, leaks: 1 } } }),
  },
]);
