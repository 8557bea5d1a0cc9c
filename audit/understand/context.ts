import type { AuditConfig } from '../config.ts';
import type { Understanding } from '../result.ts';
import type { Catalog } from './catalog.ts';
import { uncast } from './expression.ts';
import { bindingOf } from './policy.ts';
import { mostFrequent, type Tenants } from './tenants.ts';

export interface Context {
  tenantFunction: string;
  tenantSetting?: string;
  context?: string;
}

/** How the database learns the tenant of a transaction, as its policies tell. */
export function findContext(
  { policies, functions }: Catalog,
  { column, columns }: Tenants,
  { tenant = {} }: AuditConfig,
  say: (note: Understanding) => void,
): Context {
  const bindings = policies.map(({ table, using, check }) => bindingOf(using ?? check, columns[table] ?? column));
  const contexts = bindings.flatMap((one) => (one.binds === 'yes' && one.context !== '' ? [one.context] : []));
  const tenantFunction = tenant.function ?? mostFrequent(contexts) ?? '';
  const others = [...new Set(contexts)].filter((one) => uncast(one) !== uncast(tenantFunction));
  const lookups = bindings.filter(({ binds }) => binds === 'by lookup').length;
  if (tenantFunction !== '')
    say({
      about: 'context',
      how: tenant.function ? 'given' : 'found',
      what: `policies compare the tenant with ${tenantFunction}`,
    });
  else
    say({
      about: 'context',
      how: 'unknown',
      what:
        policies.length === 0
          ? 'there are no policies'
          : 'no policy compares the tenant with the context of the transaction',
    });
  if (others.length > 0)
    say({ about: 'context', how: 'ambiguous', what: `some policies compare it with ${others.join(', ')} instead` });
  if (lookups > 0)
    say({
      about: 'context',
      how: 'ambiguous',
      what: `${lookups} policies look the tenant up in other tables: whom they let through, only a person can judge`,
    });
  const tenantSetting = tenant.setting ?? settingOf(tenantFunction, functions);
  if (tenantSetting !== undefined)
    say({
      about: 'context',
      how: tenant.setting ? 'given' : 'found',
      what: `it is read from the setting ${tenantSetting}`,
    });
  // A setting that is taken apart, such as a token's claims, holds more than the tenant.
  const plain = tenantSetting !== undefined && !/->|json/.test(tenantFunction + bodyOf(tenantFunction, functions));
  const context = tenant.context ?? (plain ? `select set_config('${tenantSetting}', $1, true)` : undefined);
  return {
    tenantFunction,
    ...(tenantSetting === undefined ? {} : { tenantSetting }),
    ...(context === undefined ? {} : { context }),
  };
}

function settingOf(expression: string, functions: Catalog['functions']): string | undefined {
  const read = (text: string) => /current_setting\(\s*'([^']+)'/.exec(text)?.[1];
  return read(expression) ?? read(bodyOf(expression, functions));
}

function bodyOf(expression: string, functions: Catalog['functions']): string {
  return functions
    .filter(({ name }) => expression.includes(`${name}(`))
    .map(({ source }) => source)
    .join('\n');
}
