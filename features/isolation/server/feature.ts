import '../tables.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { defineFeature } from '../../../server/platform/feature.ts';
import { platformRoutes } from './platform-routes.ts';
import { probeRoutes } from './probe-routes.ts';
import { trustRoutes } from './trust-routes.ts';

const routes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(platformRoutes);
  await app.register(probeRoutes);
  await app.register(trustRoutes);
};

export default defineFeature({ name: 'isolation', routes });
