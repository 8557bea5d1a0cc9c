import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProblemError } from './problems.ts';
import { deriveKey } from './secrets.ts';

const TAG = 12;
let key: Buffer | undefined;

function tagOf(body: Buffer, companyId: string, list: string): Buffer {
  key ??= deriveKey('cursors');
  return createHmac('sha256', key).update(companyId).update(list).update('\0').update(body).digest().subarray(0, TAG);
}

/** Where a list was left: the sort value and id of its last row. Signed for the company and the list it came from. */
export function encodeCursor(values: readonly (string | null)[], companyId: string, list: string): string {
  const body = Buffer.from(JSON.stringify(values));
  return Buffer.concat([tagOf(body, companyId, list), body]).toString('base64url');
}

/** @throws ProblemError `invalid-cursor` for a cursor of another company, another list or another sort order. */
export function decodeCursor(cursor: string, companyId: string, list: string): (string | null)[] {
  const bytes = Buffer.from(cursor, 'base64url');
  const body = bytes.subarray(TAG);
  if (bytes.length > TAG && timingSafeEqual(bytes.subarray(0, TAG), tagOf(body, companyId, list))) {
    return JSON.parse(body.toString());
  }
  throw new ProblemError('invalid-cursor', 'Start again from the first page.');
}
