import { ProblemError, type ProblemKind } from './problems.ts';

interface Explanation {
  means: string;
  todo: string;
  /** As the server answers it. */
  example: ProblemError;
}

/** What each kind of problem means to the one who gets it. docs/problems/ and /problems/ are made of this. */
export const explanations: Record<ProblemKind, Explanation> = {
  'invalid-request': {
    means:
      'Something in the request is missing, of the wrong form, or refers to what is not there. `errors` names each field by its path, with a `code` for programs and a `message` for people. Nothing was changed.',
    todo: 'Correct the named fields and send the request again. The same request will be refused again.',
    example: new ProblemError('invalid-request', undefined, [
      { field: 'email', code: 'format', message: 'must match format "email"' },
    ]),
  },
  'invalid-cursor': {
    means:
      'The `cursor` is not one that this list gave: it was cut off or changed, or belongs to another list, sort order or company.',
    todo: 'Begin again without a cursor, and take each following one from `next_cursor` as it is, with the same sort and filters.',
    example: new ProblemError('invalid-cursor'),
  },
  'invalid-credentials': {
    means:
      'The address, the password, the one-time code or the refresh token is not right. The answer is the same whether or not somebody has that address.',
    todo: 'Check what was typed, or ask for a new password. Ten failed attempts lock an address for 15 minutes.',
    example: new ProblemError('invalid-credentials'),
  },
  'totp-required': {
    means: 'The password is right, and this login is protected by one-time codes as well.',
    todo: "Send the request again with `code`, the one that the person's authenticator shows now, or with a recovery code.",
    example: new ProblemError('totp-required'),
  },
  unauthenticated: {
    means:
      'The request has no token, or one that has expired, was revoked, or belongs to somebody who may no longer work.',
    todo: 'Refresh the session, or log in, and send the request with `Authorization: Bearer <token>`. With an API key: make a new one.',
    example: new ProblemError('unauthenticated'),
  },
  forbidden: {
    means:
      'The server knows who asks, and they may not do this: their role does not allow it, or the record is one that they see but do not own. `detail` says which where it can.',
    todo: 'Ask an admin of the company. Sending the request again does not help.',
    example: new ProblemError('forbidden', 'Only a company admin may do this.'),
  },
  'no-company': {
    means: 'A super admin belongs to no company, and this is the business of one.',
    todo: 'Begin to act for the company, which it sees, and send the request with the token of that session.',
    example: new ProblemError('no-company', 'A super admin has no company: act for one first.'),
  },
  'company-suspended': {
    means:
      "The platform's operator has suspended the company. Its data are kept, and nobody works with them meanwhile.",
    todo: 'Ask the operator. When the company is reinstated, everything is as it was, waiting jobs too.',
    example: new ProblemError('company-suspended'),
  },
  'not-found': {
    means:
      'There is nothing at this address that the caller can see. Whether it never was, was deleted, is hidden from them, or belongs to another company, the answer is the same to the byte.',
    todo: 'Check the address and the id, and who is logged in.',
    example: new ProblemError('not-found'),
  },
  'method-not-allowed': {
    means: 'The address exists, but not for this method.',
    todo: 'Look the route up in /api/openapi.json.',
    example: new ProblemError('method-not-allowed'),
  },
  conflict: {
    means:
      'The request contradicts what is there: something of that name exists already, a record is in a state that does not allow this, two changes met, or an Idempotency-Key was used for another request. Nothing was changed.',
    todo: 'Read `detail`, look at the current state, and decide. Where two changes met, the same request may succeed at once.',
    example: new ProblemError('conflict', 'This already exists.', [
      { field: 'name', code: 'taken', message: 'is already taken' },
    ]),
  },
  gone: {
    means: 'The link or invitation was used already, was taken back, or has expired.',
    todo: 'Ask for a new one.',
    example: new ProblemError('gone', 'This link was used or has expired. Ask for a new one.'),
  },
  'precondition-failed': {
    means:
      '`If-Match` names a version that is no longer the current one: somebody changed the record since it was read. Their change stands, and this one was not made.',
    todo: 'Read the record again, show the person what changed, and send the change with the new `ETag`.',
    example: new ProblemError(
      'precondition-failed',
      'Somebody else changed this since you opened it. Reload to see their change.',
    ),
  },
  'payload-too-large': {
    means:
      'The body or the file is larger than the server takes: 1 MiB for a request, 100 MB for an import unless the operator chose otherwise.',
    todo: 'Send less at a time: split the file, or the list.',
    example: new ProblemError(
      'payload-too-large',
      'The file is larger than 100 MB. Split it into several files and import them one by one.',
    ),
  },
  'unsupported-media-type': {
    means: 'The `Content-Type` is not one that this route reads.',
    todo: 'Send JSON as `application/json`, and files as `multipart/form-data`.',
    example: new ProblemError('unsupported-media-type', 'Send the file as multipart/form-data.'),
  },
  'range-not-satisfiable': {
    means: 'A `Range` was asked for that the file does not have: it begins behind the end.',
    todo: 'Ask without `Range`, or for a part that is there.',
    example: new ProblemError('range-not-satisfiable'),
  },
  'not-yours': {
    means:
      'A field was named that others change than whoever asks: the plan of a company and its like are for the staff of the platform, and what a company says of itself is for its admins. `errors` names each such field. Nothing was changed.',
    todo: 'Leave the named fields out. Whoever they are for can change them.',
    example: new ProblemError('not-yours', undefined, [
      { field: 'plan', code: 'not_yours', message: 'Only the staff of the platform may change this.' },
    ]),
  },
  'unprocessable-file': {
    means: 'The file arrived whole, and cannot be read as what it should be. `errors` says why.',
    todo: 'Open the file in the program that made it, save it again as CSV (UTF-8) or XLSX, and upload that.',
    example: new ProblemError('unprocessable-file', 'The file is empty.', [
      { field: 'file', code: 'empty', message: 'The file is empty.' },
    ]),
  },
  'account-locked': {
    means:
      'There were ten failed attempts to log in with this address. It is locked for 15 minutes, whether or not somebody has it.',
    todo: 'Wait as many seconds as `Retry-After` says, or choose a new password by the letter that “Forgot password” sends.',
    example: new ProblemError('account-locked'),
  },
  'rate-limited': {
    means:
      'More requests came from this address, user, API key or company in a minute than the operator allows. `RateLimit-Policy` says which limit it was.',
    todo: 'Wait as many seconds as `Retry-After` says, and then send requests more slowly. The request had no effect.',
    example: new ProblemError('rate-limited', 'Please wait 2 seconds.'),
  },
  internal: {
    means: 'Something failed that should not have: the fault is ours. It was logged with the identifier in `instance`.',
    todo: 'Try again, with the same Idempotency-Key where it was a POST, so that it takes effect once. If it stays, tell the operator the `instance`.',
    example: new ProblemError('internal', 'The fault is ours, and it has been logged.'),
  },
  unavailable: {
    means:
      'The server or its database is busy, restarting, or out of reach, or the request took too long and was ended.',
    todo: 'Try again after as many seconds as `Retry-After` says, with the same Idempotency-Key where it was a POST.',
    example: new ProblemError(
      'unavailable',
      'The database is not reachable. Please try again in a moment.',
      undefined,
      {
        'retry-after': '2',
      },
    ),
  },
};
