import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
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
    atFirstUse(() => (httpPart === 'body' ? exact : fromText).compile(schema));
  app.setValidatorCompiler(compiler as never);
}

/** Compiles when the first request comes: all schemas at once were a third of the time in which the server starts. */
function atFirstUse(compile: () => ValidateFunction) {
  let compiled: ValidateFunction | undefined;
  const validate = (data: unknown): boolean => {
    compiled ??= compile();
    const valid = compiled(data) as boolean;
    validate.errors = compiled.errors ?? null;
    return valid;
  };
  validate.errors = null as ErrorObject[] | null;
  return validate;
}
