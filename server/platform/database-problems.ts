import { ProblemError, type ProblemKind } from './problems.ts';

interface DatabaseError extends Error {
  code?: string;
  constraint?: string;
  column?: string;
  table?: string;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
]);
const OWN: Partial<Record<string, ProblemKind>> = {
  BH401: 'unauthenticated',
  BH403: 'forbidden',
  BH404: 'not-found',
  BH409: 'conflict',
  BH410: 'gone',
};
const GONE =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable|Client was closed/;

/** What an error of the database means to the caller; undefined where it is a fault of our own. */
export function problemOf(error: DatabaseError): ProblemError | undefined {
  const code = error.code ?? '';
  if (UNREACHABLE.has(code) || GONE.test(error.message)) {
    return new ProblemError('unavailable', 'The database is not reachable. Please try again in a moment.', undefined, {
      'retry-after': '2',
    });
  }
  if (code === '57014')
    return new ProblemError('unavailable', 'The request took too long and was ended.', undefined, {
      'retry-after': '5',
    });
  // Raised by our own functions and triggers, with words for people where a 404 would not differ by them.
  const own = OWN[code];
  if (own !== undefined) return new ProblemError(own, own === 'not-found' ? undefined : error.message);
  if (code === '40001' || code === '40P01') return new ProblemError('conflict', 'Two changes met. Please try again.');
  if (code === '23505')
    return new ProblemError('conflict', 'This already exists.', field(error, 'taken', 'is already taken'));
  // The same words whether the referenced row is missing or belongs to another company.
  if (code === '23503') {
    return new ProblemError(
      'invalid-request',
      undefined,
      field(error, 'unknown_reference', 'does not exist, or is still in use'),
    );
  }
  // What would be the caller themselves: staff who act for a company are nobody in it, and name somebody.
  if (code === '23502') return new ProblemError('invalid-request', undefined, field(error, 'required', 'is required'));
  if (code === '23514' || code === '22001' || code === '22003') {
    return new ProblemError('invalid-request', undefined, field(error, 'out_of_range', 'is not acceptable'));
  }
  if (code === '22P02' || code === '22007' || code === '22008' || code === '22021' || code === '22P05') {
    return new ProblemError('invalid-request', 'A value has the wrong form.');
  }
  if (code === '42501') {
    return new ProblemError(
      'forbidden',
      'You can only work on records that you can see, and hand them to people whose records you see.',
    );
  }
  return undefined;
}

/** contacts_company_id_owner_id_fkey -> owner_id */
function field(error: DatabaseError, code: string, message: string) {
  const name =
    error.column ??
    error.constraint
      ?.replace(`${error.table}_`, '')
      .replace(/^company_id_/, '')
      .replace(/_(fkey|key|check)\d*$/, '');
  return [{ field: name ?? '', code, message }];
}
