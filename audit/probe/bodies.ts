import { idFor, type Schema, tableFor } from './endpoints.ts';
import type { Catalog, Rows } from './seed.ts';

export const PASSWORD = 'a long enough Passw0rd!';

/** Whose values fill a request: the rows that its ids name, and the words of its texts. */
export interface Filling {
  rows: Rows;
  canary: string;
  /** A link's secret that the company gave out. */
  token: string;
  /** Whether every text carries the canary. */
  marks?: boolean;
  /** Whether texts are those that the company has already, where it has such. */
  known?: boolean;
  /** Of invented addresses; example.com unless told. */
  domain?: string | undefined;
  /** In texts that nobody may have used yet. */
  word?: string | undefined;
}

/** A value that a schema accepts; ids are the given company's. */
export function valueFor(schema: Schema, name: string, path: string, company: Filling, catalog: Catalog): unknown {
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
    return [
      valueFor(item, name.replace(/_ids$/, '_id').replace(/Ids$/, 'Id').replace(/^ids$/, 'id'), path, company, catalog),
    ];
  }
  if (type === 'integer' || type === 'number') {
    const id = isReference(name, schema) ? Number(idFor(name, path, company.rows, catalog)) : Number.NaN;
    return Number.isNaN(id) ? (schema.minimum ?? 1) : id;
  }
  // What must be there from now on, later requests would lack.
  if (type === 'boolean') return !/required|mandatory/.test(name);
  return textFor(schema, name, path, company, catalog);
}

function textFor(schema: Schema, name: string, path: string, company: Filling, catalog: Catalog): string {
  if (schema.format === 'uuid') {
    return idFor(name, path, company.rows, catalog) ?? '01900000-0000-7000-8000-000000000001';
  }
  if (/(^|_)token$/.test(name)) return company.token;
  if (name === 'resource') return 'contacts';
  if (company.known) {
    const [known] = knownTexts(name, path, company.rows, catalog);
    if (known !== undefined) return known;
  }
  if (schema.format === 'email') return `someone.${company.word ?? company.canary}@${company.domain ?? 'example.com'}`;
  if (schema.format === 'date-time') return '2031-01-01T00:00:00Z';
  if (schema.format === 'date') return '2031-01-01';
  if (schema.format === 'uri') return 'https://example.com/';
  // A currency, or a country.
  const [, letters = '3'] = /^\^\[A-Z\]\{(\d)\}/.exec(schema.pattern ?? '') ?? [];
  if (name === 'currency' || schema.pattern?.startsWith('^[A-Z]')) return 'USD'.slice(0, Number(letters));
  if (/password/.test(name)) return name === 'new_password' ? `${PASSWORD}2` : PASSWORD;
  if (schema.pattern?.startsWith('^\\d') || schema.pattern?.startsWith('^-?\\d')) return '10';
  if (/^\^\[a-z\]/.test(schema.pattern ?? '')) return `f_${(company.word ?? company.canary).replaceAll('-', '_')}`;
  if (/^\^#/.test(schema.pattern ?? '')) return '#336699';
  return `${company.marks ? company.canary : (company.word ?? 'probe')} ${name}`
    .slice(0, schema.maxLength ?? 50)
    .padEnd(schema.minLength ?? 0, 'x');
}

/** An object that a schema accepts: what it requires, and as many fields more as it wants, or all of them. */
export function bodyFor(
  schema: Schema,
  path: string,
  company: Filling,
  catalog: Catalog,
  all = false,
): Record<string, unknown> {
  if (schema.properties === undefined && schema.anyOf !== undefined)
    return bodyFor(schema.anyOf[0] as Schema, path, company, catalog, all);
  const required = schema.required ?? [];
  const properties = Object.entries(schema.properties ?? {});
  const body: Record<string, unknown> = {};
  for (const [name, property] of properties) {
    if (required.includes(name)) body[name] = valueFor(property, name, path, company, catalog);
  }
  const plain = ([name, property]: [string, Schema]) => !isReference(name, property);
  const optional = properties.filter(([name]) => !required.includes(name)).filter((p) => all || plain(p));
  const wanted = all ? optional.length : Math.max(0, (schema.minProperties ?? 0) - required.length);
  for (const [name, property] of optional.slice(0, wanted)) {
    body[name] = valueFor(property, name, path, company, catalog);
  }
  return body;
}

/** Whether a parameter or field names rows: by its form, else by its name. */
export function isReference(name: string, schema: Schema = {}): boolean {
  const inner = schema.anyOf?.find((option) => option.type !== 'null') ?? schema;
  return inner.format === 'uuid' || inner.items?.format === 'uuid' || /(^|_)ids?$|[a-z]Ids?$/.test(name);
}

/** The fields of a body, at any depth, that name other rows. */
export function references(schema: Schema | undefined, at: string[] = []): Reference[] {
  const choices = (schema?.anyOf ?? []).flatMap((option) => references(option, at));
  const own = Object.entries(schema?.properties ?? {}).flatMap(([name, property]): Reference[] => {
    const inner = property.anyOf?.find((option) => option.type !== 'null') ?? property;
    const path = [...at, name];
    if (isReference(name, property)) return [{ path, name, many: inner.type === 'array' }];
    return inner.properties === undefined ? [] : references(inner, path);
  });
  return [...choices, ...own];
}

export interface Reference {
  path: string[];
  name: string;
  /** Whether the field takes several ids. */
  many: boolean;
}

/** The body with one value exchanged. */
export function withValue(
  body: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [head, ...rest] = path;
  if (head === undefined) return body;
  const inner = (body[head] ?? {}) as Record<string, unknown>;
  return { ...body, [head]: rest.length === 0 ? value : withValue(inner, rest, value) };
}

/** What a company has in the columns that a text field may stand for: `admin_email` is a user's `email`. The likeliest is first. */
export function knownTexts(name: string, path: string, rows: Rows, catalog: Catalog): string[] {
  const table = tableFor('id', path, catalog);
  const own = (table === undefined ? undefined : rows.get(table))?.[name];
  const values = /email$/.test(name)
    ? [rows.get('users')?.email, own]
    : [own ?? rows.get('companies')?.[name.replace(/^company_/, '')]];
  return [...new Set(values)].filter((value) => typeof value === 'string');
}
