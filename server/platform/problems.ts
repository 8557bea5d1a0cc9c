import type { FieldError, Problem } from '../../contracts/problem.ts';

const KINDS = {
  'invalid-request': [400, 'The request is not valid'],
  'invalid-cursor': [400, 'The cursor is not valid'],
  'invalid-credentials': [401, 'E-mail address or password is wrong'],
  'totp-required': [401, 'A one-time code is required'],
  unauthenticated: [401, 'Please log in'],
  forbidden: [403, 'You may not do this'],
  'no-company': [403, 'This needs a company'],
  'company-suspended': [403, 'The company is suspended'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'Method not allowed'],
  conflict: [409, 'Conflict'],
  gone: [410, 'No longer available'],
  'precondition-failed': [412, 'Somebody else changed this'],
  'payload-too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'Unsupported media type'],
  'range-not-satisfiable': [416, 'The file has no such part'],
  'not-yours': [422, 'Somebody else changes this'],
  'unprocessable-file': [422, 'The file cannot be read'],
  'account-locked': [423, 'The account is locked'],
  'rate-limited': [429, 'Too many requests'],
  internal: [500, 'Something went wrong'],
  unavailable: [503, 'Temporarily unavailable'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemKind = keyof typeof KINDS;
export const problemKinds = KINDS;

/** An answer that is a problem document (RFC 9457). Throw it anywhere below a route; `detail` is for people. */
export class ProblemError extends Error {
  readonly status: number;

  constructor(
    readonly kind: ProblemKind,
    detail?: string,
    readonly errors?: readonly FieldError[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail ?? KINDS[kind][1]);
    this.status = KINDS[kind][0];
  }

  toDocument(instance: string): Problem {
    const [status, title] = KINDS[this.kind];
    return {
      type: `/problems/${this.kind}`,
      title,
      status,
      ...(this.message === title ? {} : { detail: this.message }),
      // A missing row and another company's must not differ in a byte, so 404 carries no instance.
      ...(status === 404 ? {} : { instance }),
      ...(this.errors === undefined ? {} : { errors: [...this.errors] }),
    };
  }
}

export const notFound = () => new ProblemError('not-found');

export function invalid(field: string, code: string, message: string): ProblemError {
  return new ProblemError('invalid-request', undefined, [{ field, code, message }]);
}

/** The row, or the one answer for rows that do not exist, were deleted, are not visible or belong to others. */
export function found<T>(row: T | undefined): T {
  if (row === undefined) throw notFound();
  return row;
}
