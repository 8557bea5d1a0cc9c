import { company, onlyRoutes } from '../../mutation/leaky.ts';
import { defineOffences } from '../../mutation/offence.ts';

const rows = async () => [];

export default defineOffences([
  {
    what: 'a route that takes itself off the list',
    application: onlyRoutes(async (app) => {
      app.get('/api/hidden', { config: { scope: 'public' }, schema: {} }, rows);
      (app.routeTable as unknown[]).splice(-2);
    }),
  },
  {
    what: 'a scope that is changed after it was noted',
    application: onlyRoutes(async (app) => {
      app.addHook('onRoute', (route) => {
        route.config = { ...route.config, scope: 'public' };
      });
      app.get('/api/changed', { config: company, schema: {} }, rows);
    }),
  },
  {
    what: 'an error handler that soothes everybody',
    application: onlyRoutes(async (app) => {
      app.setErrorHandler((_error, _request, reply) => reply.code(200).send([]));
      app.get('/api/soothed', { config: company, schema: {} }, rows);
    }),
  },
  {
    what: 'a handler for whatever no route serves',
    application: onlyRoutes(async (app) => {
      app.get('/api/*', { config: { scope: 'public' }, schema: {} }, rows);
    }),
  },
  {
    what: 'an answer whose status is mended on its way out',
    application: onlyRoutes(async (app) => {
      app.addHook('onSend', async (_request, reply) => void reply.code(200));
      app.get('/api/mended', { config: { scope: 'admin' }, schema: {} }, rows);
    }),
  },
  {
    what: 'a route of the admins that was noted as theirs and serves all members',
    application: onlyRoutes(async (app) => {
      app.addHook('onRoute', (route) => {
        route.config = { ...route.config, scope: 'company' };
      });
      app.get('/api/lowered', { config: { scope: 'admin' }, schema: {} }, rows);
    }),
  },
  {
    what: 'a route of the admins alone that lets staff in',
    application: onlyRoutes(async (app) => {
      app.addHook('onRoute', (route) => {
        route.config = { ...route.config, staff: true };
      });
      app.get('/api/widened', { config: { scope: 'admin' }, schema: {} }, rows);
    }),
  },
  {
    what: 'a route that was noted as open to staff and turns them away',
    application: onlyRoutes(async (app) => {
      app.addHook('onRoute', (route) => {
        route.config = { scope: 'admin' };
      });
      app.get('/api/narrowed', { config: { scope: 'admin', staff: true }, schema: {} }, rows);
    }),
  },
  {
    what: 'a platform route that serves companies’ admins',
    application: onlyRoutes(async (app) => {
      app.addHook('onRoute', (route) => {
        route.config = { ...route.config, scope: 'user' };
      });
      app.get('/api/platform/lowered', { config: { scope: 'super' }, schema: {} }, rows);
    }),
  },
]);
