import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NO_NUL } from '../../contracts/atoms.ts';
import type { FieldError } from '../../contracts/problem.ts';
import { JOINERS } from '../../contracts/unseen.ts';
import { problemOf } from './database-problems.ts';
import { ProblemError, type ProblemKind } from './problems.ts';

const BY_STATUS: Record<number, ProblemKind> = {
  400: 'invalid-request',
  404: 'not-found',
  405: 'method-not-allowed',
  412: 'precondition-failed',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  416: 'range-not-satisfiable',
  429: 'rate-limited',
  503: 'unavailable',
};

// The form parser's own words for a body that ends in the middle; it gives them no status.
const CUT_SHORT = /unexpected end of multipart data|boundary not found/i;

/** Every failure leaves as a problem document; an unexpected one is logged whole and told as little as possible. */
export function addErrorHandling(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => send(toProblem(error, request), request, reply));
  app.setNotFoundHandler((request, reply) => send(new ProblemError('not-found'), request, reply));
}

function toProblem(error: FastifyError, request: FastifyRequest): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error.validation !== undefined) {
    return new ProblemError(
      'invalid-request',
      undefined,
      told(error.validation).map((v) => fieldError(v, error.validationContext)),
    );
  }
  if (CUT_SHORT.test(error.message)) return new ProblemError('invalid-request', 'The form is not whole.');
  const kind = BY_STATUS[error.statusCode ?? 500];
  const known = problemOf(error) ?? (kind && new ProblemError(kind, error.message));
  if (known !== undefined) {
    if (known.status >= 500) request.log.warn({ err: error }, 'unavailable');
    return known;
  }
  request.log.error({ err: error }, 'unexpected error');
  return new ProblemError('internal', 'The fault is ours, and it has been logged.');
}

/** What a pattern means, where its own words would be a riddle. */
const PATTERNS: readonly [has: string, message: string][] = [
  [JOINERS, 'must be one line of text that can be seen, without control characters and line breaks'],
  [NO_NUL, 'must not contain the character NUL'],
];

interface Violation {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}

function fieldError({ instancePath, keyword, message, params }: Violation, where: string | undefined): FieldError {
  const named = params.missingProperty ?? params.additionalProperty;
  const path = [...instancePath.split('/').slice(1), ...(named === undefined ? [] : [String(named)])].join('.');
  return { field: path || (where ?? ''), code: keyword, message: textOf(keyword, params) ?? message ?? 'is not valid' };
}

/** Where a field may also be null, what is wrong with it is told, not that it could be null instead. */
function told<V extends Pick<Violation, 'keyword' | 'params'>>(violations: readonly V[]): readonly V[] {
  const own = violations.filter(({ keyword, params }) => keyword !== 'anyOf' && params.type !== 'null');
  return violations.length === 3 && own.length === 1 ? own : violations;
}

function textOf(keyword: string, { pattern }: Violation['params']): string | undefined {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not a field of this request';
  return keyword === 'pattern' ? PATTERNS.find(([has]) => String(pattern).includes(has))?.[1] : undefined;
}

function send(problem: ProblemError, request: FastifyRequest, reply: FastifyReply) {
  request.problem = problem;
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problem.toDocument(request.id)));
}
