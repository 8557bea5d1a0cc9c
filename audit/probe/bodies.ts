import { idFor, type Schema } from './endpoints.ts';
import type { Catalog, Seeded } from './seed.ts';

/** A value that a schema accepts; ids are the given company's. */
export function valueFor(schema: Schema, name: string, path: string, company: Seeded, catalog: Catalog): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) {
    const choice = schema.anyOf.find((option) => option.type !== 'null') ?? schema.anyOf[0];
    return valueFor(choice as Schema, name, path, company, catalog);
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties !== undefined) return bodyFor(schema, path, company, catalog);
  if (type === 'array') {
    const item = schema.items ?? { type: 'string' };
    return [valueFor(item, name.replace(/_ids$/, '_id').replace(/^ids$/, 'id'), path, company, catalog)];
  }
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return textFor(schema, name, path, company, catalog);
}

function textFor(schema: Schema, name: string, path: string, company: Seeded, catalog: Catalog): string {
  if (schema.format === 'uuid') {
    return idFor(name === 'id' ? 'id' : name, path, company, catalog) ?? '01900000-0000-7000-8000-000000000001';
  }
  if (schema.format === 'email') return `someone.${company.canary}@example.com`;
  if (schema.format === 'date-time') return '2031-01-01T00:00:00Z';
  if (schema.format === 'date') return '2031-01-01';
  if (schema.format === 'uri') return 'https://example.com/';
  if (name === 'currency') return 'USD';
  if (/password/.test(name)) return 'a long enough Passw0rd!';
  if (schema.pattern?.startsWith('^\\d') || schema.pattern?.startsWith('^-?\\d')) return '10';
  if (/^\^\[a-z\]/.test(schema.pattern ?? '')) return `k_${company.canary.slice(-8)}`;
  if (/^\^#/.test(schema.pattern ?? '')) return '#336699';
  return `probe ${name}`.slice(0, schema.maxLength ?? 50).padEnd(schema.minLength ?? 0, 'x');
}

/** An object that a schema accepts: what it requires, ids of the company, and one field more where it wants some. */
export function bodyFor(schema: Schema, path: string, company: Seeded, catalog: Catalog): Record<string, unknown> {
  const required = schema.required ?? [];
  const properties = Object.entries(schema.properties ?? {});
  const body: Record<string, unknown> = {};
  for (const [name, property] of properties) {
    if (required.includes(name)) body[name] = valueFor(property, name, path, company, catalog);
  }
  const optional = properties.filter(([name]) => !required.includes(name) && !isReference(name));
  for (const [name, property] of optional.slice(0, Math.max(0, (schema.minProperties ?? 0) - required.length))) {
    body[name] = valueFor(property, name, path, company, catalog);
  }
  return body;
}

export const isReference = (name: string): boolean => /(^|_)ids?$/.test(name);

/** The fields of a body, at any depth, that name other rows. */
export function references(schema: Schema | undefined, at: string[] = []): string[][] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]) => {
    const inner = property.anyOf?.find((option) => option.type !== 'null') ?? property;
    if (isReference(name)) return [[...at, name]];
    return inner.properties === undefined ? [] : references(inner, [...at, name]);
  });
}
