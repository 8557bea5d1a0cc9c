import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { notFound } from './problems.ts';

interface JobFigure {
  status: string;
  jobs: number;
  oldest_seconds: number;
}

/** One log line and one measurement for each request. /metrics is there only for who knows BULKHEAD_METRICS_TOKEN. */
export function addObservation(app: FastifyInstance, metricsToken = process.env.BULKHEAD_METRICS_TOKEN): void {
  const registry = new Registry();
  const durations = new Histogram({
    name: 'bulkhead_request_seconds',
    help: 'Duration of requests by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  if (metricsToken) collectDefaultMetrics({ register: registry });
  const waiting = new Gauge({
    name: 'bulkhead_jobs',
    help: 'Jobs of all companies by status.',
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      const figures = await app.door.gate<JobFigure>('job_figures');
      for (const status of ['scheduled', 'waiting', 'running', 'failed']) {
        const figure = figures.find((row) => row.status === status);
        waiting.set({ status }, figure?.jobs ?? 0);
        if (status === 'waiting') oldest.set(figure?.oldest_seconds ?? 0);
      }
    },
  });
  const oldest = new Gauge({
    name: 'bulkhead_jobs_oldest_seconds',
    help: 'For how long the oldest due job has been waiting for a worker.',
    registers: [registry],
  });

  app.addHook('onResponse', (request, reply, done) => {
    const { method, url, caller, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime * 1000) / 1000;
    if (metricsToken)
      durations.observe({ method, route: routeOptions.url ?? 'none', status: reply.statusCode }, ms / 1000);
    // A query string may hold what somebody searched for: the log does without it.
    const path = url.split('?', 1)[0];
    const who = caller?.kind === 'user' ? { company: caller.companyId, user: caller.userId } : undefined;
    app.log.info({ id: request.id, method, path, status: reply.statusCode, ms, ...who });
    done();
  });

  app.get('/metrics', { config: { scope: 'public' }, schema: { hide: true } }, async ({ headers }, reply) => {
    if (!metricsToken || !same(headers.authorization ?? '', `Bearer ${metricsToken}`)) throw notFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
