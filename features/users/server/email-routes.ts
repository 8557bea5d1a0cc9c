import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';

export const emailRoutes: FastifyPluginAsyncTypebox = async (_app) => {};
