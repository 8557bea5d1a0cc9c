import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { companyTables } from '../tenancy/ownership.ts';
import { q } from '../tenancy/query.ts';
import { invalid, ProblemError } from './problems.ts';

companyTables('idempotency_keys');

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The request or its answer holds a password, key or code: neither is kept, so an Idempotency-Key is ignored. */
    secret?: boolean;
  }
  interface FastifyRequest {
    /** Row of the Idempotency-Key under which this request runs: request.company writes only while it stands. */
    idempotencyId?: string | undefined;
  }
}

/** Seconds after which a request that neither answered nor took effect gives way to its repetition. */
const PATIENCE = 5;

/**
 * A POST with an Idempotency-Key takes effect once: a repetition gets the first answer again. Where the first was cut off
 * (a server or a database was killed), the database knows whether it took effect: what it wrote, and a mark on its key,
 * were committed together. Without the mark the repetition takes the key over, and what the first might still write is refused.
 */
export function addIdempotency(app: FastifyInstance): void {
  app.decorateRequest('idempotencyId');

  // Nearly every request comes without a key: it must not wait for a promise.
  app.addHook('preHandler', (request, reply, done) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined || request.method !== 'POST' || request.caller?.kind !== 'user') return done();
    const { userId } = request.caller;
    if (userId === null || request.routeOptions.config.secret) return done();
    begin(app, request, reply, userId, key).then((goOn) => goOn && done(), done);
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const id = request.idempotencyId;
    if (id === undefined) return done(null, payload);
    request.idempotencyId = undefined;
    keep(request, reply, id, payload).then(() => done(null, payload));
  });
}

/** True where the request is to be carried out under its key; otherwise it has been answered. */
async function begin(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
  key: string | string[],
): Promise<boolean> {
  if (typeof key !== 'string' || key === '' || key.length > 255) {
    throw invalid('idempotency-key', 'malformed', 'must be a text of 1 to 255 characters');
  }
  const claim = { user_id: userId, key, request_hash: hashOf(request) };
  request.idempotencyId = (await take(request, claim)) ?? (await takeOver(request, claim));
  if (request.idempotencyId !== undefined) return true;
  await repeat(app, request, reply, claim);
  return false;
}

async function keep(request: FastifyRequest, reply: FastifyReply, id: string, payload: unknown): Promise<void> {
  const failed = reply.statusCode >= 500 || reply.statusCode === 429;
  const end = failed
    ? q.deleteFrom('idempotency_keys').where('id', '=', id).where('settled_at', 'is', null)
    : q
        .updateTable('idempotency_keys')
        .set({ status: reply.statusCode, response: JSON.stringify(String(payload ?? '')) })
        .where('id', '=', id);
  await request.company.run(end).catch((error) => request.log.warn({ err: error }, 'the answer could not be kept'));
}

interface Claim {
  user_id: string;
  key: string;
  request_hash: Buffer;
}

const hashOf = ({ method, url, body }: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest();

/** The new row's id; undefined where the key is somebody's. */
async function take({ company }: FastifyRequest, claim: Claim): Promise<string | undefined> {
  const made = await company.first(
    q
      .insertInto('idempotency_keys')
      .values(claim)
      .onConflict((conflict) => conflict.columns(['company_id', 'user_id', 'key']).doNothing())
      .returning('id'),
  );
  return made?.id;
}

/** A new row has a new id: what still runs under the old one finds its key gone, and rolls back. */
async function takeOver(request: FastifyRequest, claim: Claim): Promise<string | undefined> {
  const freed = await request.company.run(
    q
      .deleteFrom('idempotency_keys')
      .where('user_id', '=', claim.user_id)
      .where('key', '=', claim.key)
      .where('request_hash', '=', claim.request_hash)
      .where('status', 'is', null)
      .where('settled_at', 'is', null)
      .where('created_at', '<', sql<string>`now() - make_interval(secs => ${PATIENCE})`),
  );
  return freed === 0 ? undefined : take(request, claim);
}

/** Answers as the first request did; where its answer was lost, with the record that it made. */
async function repeat(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply, claim: Claim) {
  const first = await request.company.first(
    q
      .selectFrom('idempotency_keys')
      .select([
        'status',
        'response',
        'settled_at',
        'made_id',
        sql<boolean>`request_hash = ${claim.request_hash}`.as('same'),
      ])
      .where('user_id', '=', claim.user_id)
      .where('key', '=', claim.key),
  );
  if (first !== undefined && !first.same)
    throw new ProblemError('conflict', 'This Idempotency-Key was used for another request.');
  reply.header('idempotency-replayed', 'true');
  if (first?.status != null) {
    return reply
      .code(first.status)
      .type(first.status < 400 ? 'application/json' : 'application/problem+json')
      .send(String(first.response));
  }
  if (first?.settled_at == null)
    throw new ProblemError('conflict', 'A request with this Idempotency-Key is under way.', undefined, {
      'retry-after': String(PATIENCE),
    });
  const record = first.made_id === null ? undefined : await recordOf(app, request, first.made_id);
  if (record === undefined)
    throw new ProblemError('conflict', 'The first request with this Idempotency-Key took effect; its answer was lost.');
  return reply.code(201).type('application/json').send(record);
}

/** What a GET of the record answers the same caller, where there is such a route. */
async function recordOf(app: FastifyInstance, { url, headers, ip }: FastifyRequest, id: string) {
  const { authorization = '' } = headers;
  const [path] = url.split('?');
  const answer = await app.inject({ url: `${path}/${id}`, headers: { authorization }, remoteAddress: ip });
  return answer.statusCode === 200 ? answer.body : undefined;
}
