import {
  type Condition,
  type Filter,
  type Group,
  holds,
  isGroup,
  operators,
  partsOf,
  readFilter,
} from '../conditions.ts';
import type { Field } from './fields.ts';

/** While it is written, a condition may lack its value. */
export type Draft = Filter;

export const joint = (group: Group): 'all' | 'any' => ('all' in group ? 'all' : 'any');
export const grouped = (how: 'all' | 'any', parts: Filter[]): Group =>
  how === 'all' ? { all: parts } : { any: parts };

/** What the address says, as a group; one that cannot be read is none. */
export function treeOf(text: string): Group {
  if (!text) return { all: [] };
  const filter = readFilter(text);
  if ('wrong' in filter) return { all: [] };
  return isGroup(filter) ? filter : { all: [filter] };
}

const isWhole = (condition: Condition, fields: Field[]) => {
  const kind = fields.find(({ key }) => key === condition.field)?.kind;
  return kind !== undefined && holds(kind, condition.op, condition.value);
};

function whole(filter: Filter, fields: Field[]): Filter | undefined {
  if (!isGroup(filter)) return isWhole(filter, fields) ? filter : undefined;
  const parts = partsOf(filter).flatMap((part) => whole(part, fields) ?? []);
  return parts.length > 0 ? grouped(joint(filter), parts) : undefined;
}

/** What of a draft can be asked already, as the address and the API take it; empty when nothing can. */
export function textOf(draft: Group, fields: Field[]): string {
  const filter = whole(draft, fields);
  return filter ? JSON.stringify(filter) : '';
}

/** A new condition on a field: its first operator that is of use, without a value. */
export const begun = (field: Field): Condition => ({ field: field.key, op: operators[field.kind][0] });

export const replaced = (group: Group, index: number, part: Filter | undefined): Group =>
  grouped(
    joint(group),
    partsOf(group).flatMap((old, at) => (at === index ? (part ?? []) : old)),
  );

export const countOf = (filter: Filter): number =>
  isGroup(filter) ? partsOf(filter).reduce((sum, part) => sum + countOf(part), 0) : 1;
