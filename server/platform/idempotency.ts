import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { companyTables } from '../tenancy/ownership.ts';
import { q } from '../tenancy/query.ts';
import { invalid, ProblemError } from './problems.ts';

companyTables('idempotency_keys');

declare module 'fastify' {
  interface FastifyRequest {
    /** Row of the Idempotency-Key under which this request runs for the first time. */
    idempotencyId?: string;
  }
}

/**
 * A POST with an Idempotency-Key takes effect once: a repetition gets the first answer again. A key whose first request
 * was cut off before it answered stays taken, for nobody can tell from here whether it took effect.
 */
export function addIdempotency(app: FastifyInstance): void {
  app.decorateRequest('idempotencyId');

  // Nearly every request comes without a key: it must not wait for a promise.
  app.addHook('preHandler', (request, reply, done) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.method !== 'POST' || request.caller?.kind !== 'user') return done();
    const { userId } = request.caller;
    if (userId === null) return done();
    once(request, reply, userId, key).then((goOn) => goOn && done(), done);
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const id = request.idempotencyId;
    if (id === undefined) return done(null, payload);
    keep(request, reply, id, payload).then(() => done(null, payload));
  });
}

/** True where the request is to be carried out; otherwise it has been answered. */
async function once(
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
  key: string | string[],
): Promise<boolean> {
  if (typeof key !== 'string' || key === '' || key.length > 255) {
    throw invalid('idempotency-key', 'malformed', 'must be a text of 1 to 255 characters');
  }
  const earlier = await claim(request, userId, key);
  if (earlier === undefined) return true;
  reply
    .code(earlier.status)
    .header('idempotency-replayed', 'true')
    .type(earlier.status < 400 ? 'application/json' : 'application/problem+json')
    .send(earlier.body);
  return false;
}

async function keep(request: FastifyRequest, reply: FastifyReply, id: string, payload: unknown): Promise<void> {
  const failed = reply.statusCode >= 500 || reply.statusCode === 429;
  // A failure of ours took no effect: the same key may be tried again.
  const end = failed
    ? q.deleteFrom('idempotency_keys').where('id', '=', id)
    : q
        .updateTable('idempotency_keys')
        .set({ status: reply.statusCode, response: JSON.stringify(String(payload ?? '')) })
        .where('id', '=', id);
  await request.company.run(end).catch((error) => request.log.warn({ err: error }, 'the answer could not be kept'));
}

/** Takes the key for this request, or gives the answer that its first request got. */
async function claim(
  request: FastifyRequest,
  userId: string,
  key: string,
): Promise<{ status: number; body: string } | undefined> {
  const { company, method, url, body } = request;
  const hash = createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest();
  const made = await company.first(
    q
      .insertInto('idempotency_keys')
      .values({ user_id: userId, key, request_hash: hash })
      .onConflict((conflict) => conflict.columns(['company_id', 'user_id', 'key']).doNothing())
      .returning('id'),
  );
  if (made !== undefined) {
    request.idempotencyId = made.id;
    return undefined;
  }
  const first = await company.first(
    q
      .selectFrom('idempotency_keys')
      .select(['status', 'response', sql<boolean>`request_hash = ${hash}`.as('same')])
      .where('user_id', '=', userId)
      .where('key', '=', key),
  );
  if (first !== undefined && !first.same)
    throw new ProblemError('conflict', 'This Idempotency-Key was used for another request.');
  if (first?.status == null)
    throw new ProblemError(
      'conflict',
      'A request with this Idempotency-Key is under way, or was cut off: look whether it took effect.',
    );
  return { status: first.status, body: String(first.response) };
}
