import { type TProperties, type TSchema, Type } from 'typebox';
import { JOINERS, UNSEEN } from './unseen.ts';

export const Id = Type.String({ format: 'uuid', description: 'UUID version 7.' });
export const Timestamp = Type.String({ format: 'date-time', description: 'ISO 8601, UTC.' });
export const Day = Type.String({ format: 'date', description: 'ISO 8601 calendar date.' });
export const Money = Type.String({
  pattern: '^\\d{1,13}(\\.\\d{1,2})?$',
  description: 'Decimal string; its currency stands in a field beside it.',
});
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' });
// PostgreSQL's text cannot hold NUL, so no request may carry it.
export const NO_NUL = '^[^\\u0000]*$';
export const Text = (maxLength: number, minLength = 0) => Type.String({ minLength, maxLength, pattern: NO_NUL });
const SEEN = `(?:[^${UNSEEN}]|[${JOINERS}])*$`;
/** A name of a company or a person, in one line: it is printed in terminals and signed in reports. */
export const Name = (maxLength: number, minLength = 0) =>
  Type.String({
    minLength,
    maxLength,
    pattern: `^${SEEN}`,
    description: 'Without control characters and line breaks.',
  });
/** The same, with something to see in it. */
export const VisibleName = (maxLength: number) =>
  Type.String({ maxLength, pattern: `^(?=.*[^\\s${JOINERS}])${SEEN}`, description: 'With something to see in it.' });
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const OneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });

/** A request body: a field that it does not name is an error, company_id among them. */
export const Body = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false });
/** A query string: an unknown parameter is an error, so that a mistyped filter never returns everything. */
export const Query = Body;
export const IdParams = <K extends string>(name: K) =>
  Type.Object({ [name]: Id } as { [P in K]: typeof Id }, { additionalProperties: false });
