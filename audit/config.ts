import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { type Static, Type } from 'typebox';

const reasons = (what: string) =>
  Type.Record(Type.String(), Type.String({ minLength: 3 }), { description: `${what}, each with its reason` });
const closed = { additionalProperties: false };

/** What a person says of a database that the catalog does not. Tables are written as `name` or `schema.name`. */
export const AuditConfig = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    tenant: Type.Optional(
      Type.Object(
        {
          column: Type.Optional(Type.String()),
          table: Type.Optional(Type.String()),
          key: Type.Optional(Type.String({ description: 'the column of that table that tenant columns hold' })),
          function: Type.Optional(Type.String({ description: 'what tells the tenant, as policies write it' })),
          setting: Type.Optional(Type.String({ description: 'the setting that it reads' })),
          context: Type.Optional(Type.String({ description: 'SQL that makes $1 the tenant of the transaction' })),
          columns: Type.Optional(
            Type.Record(Type.String(), Type.String(), { description: 'table to its column, where that differs' }),
          ),
        },
        closed,
      ),
    ),
    appRoles: Type.Optional(Type.Array(Type.String(), { description: 'roles that serve requests', minItems: 1 })),
    ownerRole: Type.Optional(Type.String()),
    auditorRole: Type.Optional(Type.String({ description: 'the role to look as, after logging in' })),
    usersTable: Type.Optional(Type.String()),
    global: Type.Optional(reasons('tables that belong to no tenant')),
    ignoredSchemas: Type.Optional(reasons('schemas that hold no tenant’s rows, and that requests do not reach')),
    definers: Type.Optional(
      reasons(
        'SECURITY DEFINER functions that were reviewed: schema.name(argument types), or the name where only one function has it',
      ),
    ),
    softReferences: Type.Optional(
      Type.Array(
        Type.Object(
          {
            table: Type.String(),
            column: Type.String(),
            references: Type.Union([Type.String(), Type.Null()], { description: 'null: it holds ids of nothing here' }),
            where: Type.Optional(Type.String({ description: 'of which rows, in SQL: "subject_type = \'Order\'"' })),
          },
          closed,
        ),
        { description: 'columns that hold another table’s ids without a foreign key' },
      ),
    ),
    canaries: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String({ minLength: 8 })), {
        description: 'tenant to texts that only its own rows hold',
      }),
    ),
  },
  closed,
);
export type AuditConfig = Static<typeof AuditConfig>;

const usual = 'bulkhead.audit.json';
const validate = new Ajv({ allErrors: true }).compile(AuditConfig);

/**
 * The configuration of an audit: the file named, or the usual one where it is there; what the command line gives wins.
 * @throws with each thing that is wrong in the file, by its place
 */
export function readAuditConfig(
  file: string | undefined,
  given: { tenantColumn?: string; tenantTable?: string } = {},
): AuditConfig {
  const config = file !== undefined || existsSync(usual) ? parse(file ?? usual) : {};
  return {
    ...config,
    tenant: {
      ...config.tenant,
      ...(given.tenantColumn === undefined ? {} : { column: given.tenantColumn }),
      ...(given.tenantTable === undefined ? {} : { table: given.tenantTable }),
    },
  };
}

function parse(file: string): AuditConfig {
  if (!existsSync(file)) throw new Error(`There is no ${file}.`);
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (validate(config)) return config as AuditConfig;
  const wrong = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const place = instancePath.slice(1).replaceAll('/', '.') || 'the file';
    const extra = 'additionalProperty' in params ? ` (${params.additionalProperty})` : '';
    return `  ${place} ${message}${extra}`;
  });
  throw new Error(`${file} says something that is not understood:\n${wrong.join('\n')}`);
}
