import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Job } from './jobs.ts';

/** A feature as the app and the worker discover it: the default export of `features/<noun>/server/feature.ts`. */
export interface Feature {
  name: string;
  /** Its routes. Each declares its scope in `config`, its request and its answers in `schema`. */
  routes?: FastifyPluginAsyncTypebox;
  jobs?: readonly Job[];
}

export const defineFeature = (feature: Feature): Feature => feature;
