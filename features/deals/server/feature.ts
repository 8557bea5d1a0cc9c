import '../tables.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { figureRoutes } from './figure-routes.ts';
import { routes } from './routes.ts';

export default defineFeature({
  name: 'deals',
  routes: async (app, options) => {
    await routes(app, options);
    await bulkRoutes(app, options);
    await figureRoutes(app, options);
  },
});
