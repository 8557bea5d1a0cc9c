import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';

// One error is enough to refuse, and collecting them all lets a hostile body cost more than it is worth.
const options = { allErrors: false, useDefaults: true, removeAdditional: false, strict: false } as const;

/**
 * Bodies are taken as they are: an array or a number where a text belongs is refused, never turned into one. Parameters
 * and query strings are text by nature, so there "50" may be a number.
 */
export function addValidation(app: FastifyInstance): void {
  const exact = new Ajv({ ...options, coerceTypes: false });
  const fromText = new Ajv({ ...options, coerceTypes: true });
  for (const ajv of [exact, fromText]) addFormats.default(ajv);
  const compiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
    (httpPart === 'body' ? exact : fromText).compile(schema);
  app.setValidatorCompiler(compiler as never);
}
