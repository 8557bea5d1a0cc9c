import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problems.ts';

/** Milliseconds in which the database has to answer. */
const PATIENCE = 3_000;

/** /healthz: the process lives. /readyz: it can serve, its database included. */
export function addHealth(app: FastifyInstance): void {
  app.get('/healthz', { config: { scope: 'public' }, schema: { hide: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config: { scope: 'public' }, schema: { hide: true } }, async () => {
    await Promise.race([app.door.ping(), tooLate()]).catch(() => {
      throw new ProblemError('unavailable', 'The database is not reachable.', undefined, { 'retry-after': '2' });
    });
    return { status: 'ready' };
  });
}

/** Whoever asks wants to know now: a database that is frozen answers nothing for long. */
const tooLate = () =>
  new Promise<never>((_, reject) => {
    setTimeout(reject, PATIENCE).unref();
  });
