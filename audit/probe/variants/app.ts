import { accessRoutes } from './access.ts';
import { contactRoutes } from './contact.ts';
import { contactsRoutes } from './contacts.ts';
import { dealRoutes } from './deals.ts';
import { projectRoutes } from './projects.ts';
import type { Route } from './server.ts';
import { sideRoutes } from './sides.ts';
import { type Has, type Store, shapes } from './store.ts';

const { text, object } = shapes;

/** A small CRM, with the bugs that it `has`: whoever is logged in, then kinds of rows, then what stands beside them. */
export const routesOf = (store: Store, has: Has): Route[] => [
  ...ownRoutes(has),
  ...contactsRoutes(store, has),
  ...contactRoutes(store, has),
  ...dealRoutes(store, has),
  ...projectRoutes(store, has),
  ...sideRoutes(store, has),
  ...accessRoutes(store, has),
];

const ownRoutes = (has: Has): Route[] => [
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
];
