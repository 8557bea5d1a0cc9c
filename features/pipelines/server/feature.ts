import '../tables.ts';
import { defineFeature } from '../../../server/platform/feature.ts';
import { routes } from './routes.ts';
import { stageRoutes } from './stage-routes.ts';

export default defineFeature({
  name: 'pipelines',
  routes: async (app, options) => {
    await routes(app, options);
    await stageRoutes(app, options);
  },
});
