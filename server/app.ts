import { randomUUID } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Config } from './platform/config.ts';
import { addDenials } from './platform/denials.ts';
import { addErrorHandling } from './platform/errors.ts';
import type { Events } from './platform/events.ts';
import type { Feature } from './platform/feature.ts';
import { addHealth } from './platform/health.ts';
import { addIdempotency } from './platform/idempotency.ts';
import { createLimits, limitArrivals, limitCallers } from './platform/limits.ts';
import { addObservation } from './platform/observation.ts';
import { addOpenApi } from './platform/openapi.ts';
import { addPages } from './platform/pages.ts';
import { addProblemPages } from './platform/problem-pages.ts';
import { addProtection } from './platform/protection.ts';
import { addScopes } from './platform/scopes.ts';
import { createSessions, type Sessions } from './platform/session.ts';
import type { LimitExchange } from './platform/shared-limits.ts';
import { addValidation } from './platform/validation.ts';
import type { Door } from './tenancy/door.ts';

export interface AppOptions {
  config: Config;
  door: Door;
  events: Events;
  features: readonly Feature[];
  /** Where several processes serve: how they count requests together. */
  exchange?: LimitExchange | undefined;
  logger?: FastifyBaseLogger | boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    config: Config;
    door: Door;
    events: Events;
    sessions: Sessions;
  }
}

/** The whole server but for listening: what main.ts serves and what the tests call. */
export async function buildApp({
  config,
  door,
  events,
  features,
  exchange,
  logger = false,
}: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(typeof logger === 'boolean' ? { logger } : { loggerInstance: logger }),
    // One line a request, written by observation.ts.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: process.env.BULKHEAD_TRUST_PROXY ?? false,
    bodyLimit: 1_048_576,
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.decorate('config', config);
  app.decorate('door', door);
  app.decorate('events', events);
  const sessions = createSessions(door);
  // Every process forgets what one forgets, and looks again at the sockets of those whom it concerns.
  app.decorate('sessions', {
    ...sessions,
    forget: (id) => {
      sessions.forget(id);
      if (id !== undefined) events.publish({ forget: id });
    },
  });
  // What another process revoked is forgotten here too; after a gap in the messages, everything is.
  events.subscribe((message) => {
    if (message === undefined) sessions.forget();
    else if ('forget' in message) sessions.forget(message.forget);
  });

  addValidation(app);
  // Schemas of answers are documentation, checked in tests: JSON.stringify is faster than a serializer made of them.
  app.setSerializerCompiler(() => JSON.stringify);
  addErrorHandling(app);
  await addProtection(app);
  const limits = createLimits(config, exchange);
  limitArrivals(app, limits);
  addScopes(app, door, sessions, limits);
  limitCallers(app, limits);
  addIdempotency(app);
  await addOpenApi(app);
  addHealth(app);
  addObservation(app);
  addDenials(app);
  for (const { name, routes } of features) {
    if (routes === undefined) continue;
    await app.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.schema = { tags: [name], ...route.schema };
      });
      await routes(scope.withTypeProvider<TypeBoxTypeProvider>(), {});
    });
  }
  addProblemPages(app);
  await addPages(app);
  return app as unknown as FastifyInstance;
}
