import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problems.ts';

/** /healthz: the process lives. /readyz: it can serve, its database included. */
export function addHealth(app: FastifyInstance): void {
  app.get('/healthz', { config: { scope: 'public' }, schema: { hide: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config: { scope: 'public' }, schema: { hide: true } }, async () => {
    await app.door.ping().catch(() => {
      throw new ProblemError('unavailable', 'The database is not reachable.', undefined, { 'retry-after': '2' });
    });
    return { status: 'ready' };
  });
}
