import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { invalid, ProblemError } from '../../../server/platform/problems.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import type { CustomFieldResource } from '../contract.ts';
import { type Definition, errorsIn, filterValue } from './check.ts';
import { definitionsOf } from './queries.ts';

export type CustomFields = Record<string, unknown>;

// Every create asks, and definitions hardly ever change. Another process hears of a change at once, or in seconds.
const cache = new LRUCache<string, readonly Definition[]>({ max: 5_000, ttl: 10_000 });
const keyOf = (companyId: string, resource: string) => `${companyId}/${resource}`;

/** The company's definitions for a resource, some seconds old at most. */
export async function definitionsFor(company: CompanyStatements, resource: CustomFieldResource) {
  const key = keyOf(company.context.companyId, resource);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const definitions = (await company.many(definitionsOf({ resource }))) as unknown as Definition[];
  cache.set(key, definitions);
  return definitions;
}

export function forgetDefinitions(companyId: string): void {
  for (const resource of ['contacts', 'deals', 'activities']) cache.delete(keyOf(companyId, resource));
}

/**
 * The custom fields of a record, checked. `create` wants every required field; `change` takes only what is named, a
 * null to take a value away (store it with `mergeCustomFields`).
 * @throws ProblemError 400 that names each wrong field as `custom_fields.<key>`.
 */
export async function checkCustomFields(
  company: CompanyStatements,
  resource: CustomFieldResource,
  values: CustomFields | undefined,
  when: 'create' | 'change',
): Promise<CustomFields> {
  if (values === undefined && when === 'change') return {};
  const given =
    when === 'create'
      ? Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== null))
      : (values ?? {});
  const errors = errorsIn(await definitionsFor(company, resource), given, when === 'create');
  if (errors.length > 0) throw new ProblemError('invalid-request', undefined, errors);
  return given;
}

/** The stored fields with those of a change laid over them: what the change does not name stays. */
export function mergeCustomFields(change: CustomFields): RawBuilder<CustomFields> {
  return sql`jsonb_strip_nulls(custom_fields || ${JSON.stringify(change)}::jsonb)`;
}

/** The `cf.<key>=` parameters of a list as what records must contain; undefined without any. */
export async function customFieldFilter(
  company: CompanyStatements,
  resource: CustomFieldResource,
  query: Readonly<Record<string, unknown>>,
): Promise<CustomFields | undefined> {
  const given = Object.entries(query).filter(([name]) => name.startsWith('cf.'));
  if (given.length === 0) return undefined;
  const definitions = await definitionsFor(company, resource);
  return Object.fromEntries(
    given.map(([name, text]) => {
      const definition = definitions.find(({ key }) => name === `cf.${key}`);
      if (definition === undefined) throw invalid(name, 'unknown_field', 'is not a field that your company defined');
      return [definition.key, filterValue(definition, String(text))];
    }),
  );
}
