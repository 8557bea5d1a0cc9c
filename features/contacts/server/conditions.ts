import { type RawBuilder, sql } from 'kysely';
import { invalid } from '../../../server/platform/problems.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { definitionsFor } from '../../custom-fields/server/service.ts';
import {
  type Condition,
  customKind,
  type FieldKind,
  type Filter,
  type FilterField,
  fieldKinds,
  holds,
  isGroup,
  partsOf,
  readFilter,
} from '../conditions.ts';

type Sql = RawBuilder<boolean>;
interface Asked extends Condition {
  kind: FieldKind;
}

/** These are compared by the key that is indexed. */
const keys: Partial<Record<FilterField, string>> = {
  first_name: 'first_key',
  last_name: 'last_key',
  email: 'email_key',
  company: 'company_key',
};
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const like = (text: unknown) => `%${String(text).replace(/[\\%_]/g, '\\$&')}%`;

/**
 * The list's `filter` as a condition of SQL; undefined without one.
 * @throws ProblemError 400 that says which condition is wrong.
 */
export async function filterCondition(company: CompanyStatements, text: string | undefined): Promise<Sql | undefined> {
  if (text === undefined) return undefined;
  const filter = readFilter(text);
  if ('wrong' in filter) throw invalid('filter', 'malformed', filter.wrong);
  const custom = text.includes('"cf.') ? await definitionsFor(company, 'contacts') : [];
  const kindOf = (field: string): FieldKind | undefined => {
    if (Object.hasOwn(fieldKinds, field)) return fieldKinds[field as FilterField];
    const definition = custom.find(({ key }) => field === `cf.${key}`);
    return definition && customKind(definition.type);
  };
  const build = (part: Filter): Sql => {
    if (isGroup(part)) {
      const parts = partsOf(part);
      if (parts.length === 0) return sql`true`;
      return sql`(${sql.join(parts.map(build), 'any' in part ? sql` or ` : sql` and `)})`;
    }
    const kind = kindOf(part.field);
    if (kind === undefined) throw invalid('filter', 'unknown_field', `knows no field ${part.field.slice(0, 60)}`);
    const isWrongId =
      part.field === 'owner_id' && Array.isArray(part.value) && !part.value.every((id) => UUID.test(id));
    if (isWrongId || !holds(kind, part.op, part.value)) {
      throw invalid('filter', 'malformed', `cannot ask ${part.op.slice(0, 20)} of ${part.field} with that value`);
    }
    return part.field.startsWith('cf.') ? ofCustom(part.field.slice(3), { ...part, kind }) : ofField({ ...part, kind });
  };
  return build(filter);
}

function ofField({ field, kind, op, value }: Asked): Sql {
  const column = sql.ref(`contacts.${field}`);
  if (kind === 'text' && (op === 'is' || op === 'is_not')) {
    const key = keys[field as FilterField];
    const folded = key ? sql.ref(`contacts.${key}`) : sql`lower(${column})`;
    return op === 'is' ? sql`${folded} = lower(${value})` : sql`${folded} is distinct from lower(${value})`;
  }
  if (kind === 'list') return ofList(column, op, value);
  if (op === 'empty' || op === 'filled') return emptiness(kind === 'text' ? sql`nullif(${column}, '')` : column, op);
  if (op === 'from') return sql`${column} >= ${value}::date`;
  if (op === 'to') return sql`${column} < ${value}::date + 1`;
  if (op === 'within_days') return sql`${column} >= now() - make_interval(days => ${value}::int)`;
  const type = sql.raw(field === 'owner_id' ? 'uuid[]' : 'text[]');
  return compared(column, op, value, type);
}

function ofCustom(key: string, { kind, op, value }: Asked): Sql {
  const text = sql`contacts.custom_fields ->> ${key}`;
  if (op === 'empty' || op === 'filled') {
    const held =
      kind === 'list' ? sql`nullif(contacts.custom_fields -> ${key}, '[]'::jsonb)` : sql`nullif(${text}, '')`;
    return emptiness(held, op);
  }
  if (kind === 'list') {
    const has = sql<boolean>`contacts.custom_fields @> ${JSON.stringify({ [key]: [value] })}::jsonb`;
    return op === 'has' ? has : sql`not ${has}`;
  }
  // Days as text sort as days do.
  if (op === 'from') return sql`${text} >= ${value}`;
  if (op === 'to') return sql`${text} <= ${value}`;
  if (op === 'within_days') {
    return sql`${text} >= to_char(now() - make_interval(days => ${value}::int), 'YYYY-MM-DD')`;
  }
  if (kind === 'boolean') return sql`${text} = ${String(value)}`;
  if (kind === 'text' && op !== 'contains') {
    return op === 'is' ? sql`lower(${text}) = lower(${value})` : sql`lower(${text}) is distinct from lower(${value})`;
  }
  const number = sql`case when ${text} ~ '^-?[0-9.]+(e[+-]?[0-9]+)?$' then (${text})::numeric end`;
  return compared(kind === 'number' ? sql`(${number})` : sql`(${text})`, op, value, sql.raw('text[]'));
}

function compared(held: RawBuilder<unknown>, op: string, value: unknown, type: RawBuilder<unknown>): Sql {
  switch (op) {
    case 'contains':
      return sql`${held} ilike ${like(value)}`;
    case 'in':
      return sql`${held} = any(${value}::${type})`;
    case 'not_in':
      return sql`(${held} is null or ${held} <> all(${value}::${type}))`;
    case 'at_least':
      return sql`${held} >= ${value}::numeric`;
    case 'at_most':
      return sql`${held} <= ${value}::numeric`;
    default:
      return sql`${held} = ${value}::numeric`;
  }
}

function ofList(column: RawBuilder<unknown>, op: string, value: unknown): Sql {
  if (op === 'empty') return sql`cardinality(${column}) = 0`;
  if (op === 'filled') return sql`cardinality(${column}) > 0`;
  return op === 'has' ? sql`${value} = any(${column})` : sql`${value} <> all(${column})`;
}

const emptiness = (held: RawBuilder<unknown>, op: string): Sql =>
  op === 'empty' ? sql`${held} is null` : sql`${held} is not null`;
