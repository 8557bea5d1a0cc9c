import '../tables.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { defineFeature } from '../../../server/platform/feature.ts';
import { sendMail } from '../../../server/platform/mail/job.ts';
import { passwordRoutes } from './password-routes.ts';
import { routes } from './routes.ts';
import { totpRoutes } from './totp-routes.ts';

const all: FastifyPluginAsyncTypebox = async (app, options) => {
  await routes(app, options);
  await passwordRoutes(app, options);
  await totpRoutes(app, options);
};

// Letters are the platform's, which has no feature of its own to announce their job.
export default defineFeature({ name: 'auth', routes: all, jobs: [sendMail] });
