import { type Static, Type } from 'typebox';

export const FieldError = Type.Object({
  field: Type.String({ description: 'Path of the field in the request, such as `email` or `rows[3].phone`.' }),
  code: Type.String({ description: 'Stable, for programs.' }),
  message: Type.String({ description: 'For people.' }),
});

/** A problem document, RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'Stable identifier of the kind of problem, and the address of its page: `/problems/<kind>`.',
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String({ description: 'Identifier of the request, to quote to the operator.' })),
    errors: Type.Optional(Type.Array(FieldError)),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;
export type FieldError = Static<typeof FieldError>;
