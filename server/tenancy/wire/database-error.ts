import pg from 'pg';

// The letters of PostgreSQL's "Error and Notice Message Fields".
const fields: Record<string, keyof pg.DatabaseError> = {
  S: 'severity',
  C: 'code',
  D: 'detail',
  H: 'hint',
  P: 'position',
  p: 'internalPosition',
  q: 'internalQuery',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  d: 'dataType',
  n: 'constraint',
  F: 'file',
  L: 'line',
  R: 'routine',
};

/** The error that an ErrorResponse tells of, as pg gives it; `body` is the message behind its length. */
export function databaseError(body: Buffer): pg.DatabaseError {
  const told: Record<string, string> = {};
  for (const field of body.toString('utf8').split('\0')) if (field !== '') told[field[0] as string] = field.slice(1);
  const error = new pg.DatabaseError(told.M ?? 'the database told of an error without a message', body.length, 'error');
  for (const [letter, name] of Object.entries(fields)) {
    if (told[letter] !== undefined) Object.assign(error, { [name]: told[letter] });
  }
  return error;
}
