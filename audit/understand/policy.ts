import { parts, sides, uncast, unwrap } from './expression.ts';

/** What a policy's condition does with the tenant column. */
export type Binding =
  /** Only the context's tenant passes. */
  | { binds: 'yes'; context: string }
  /** The tenant is looked up with a sub-select, which only a person can judge. */
  | { binds: 'by lookup' }
  /** Rows pass where this holds, whoever's they are. */
  | { binds: 'no'; where: string };

/**
 * How a condition of a policy binds rows to the tenant of the context.
 * @param expression as pg_get_expr writes it; null is a condition that is left out
 * @param owners columns that say whose a row is: who is asked for by them, only a person can judge
 */
export function bindingOf(expression: string | null, column: string, owners: string[] = []): Binding {
  if (expression === null) return { binds: 'no', where: 'true' };
  const text = unwrap(expression);
  const either = parts(text, 'OR');
  if (either.length > 1) {
    const bindings = either.map((part) => bindingOf(part, column, owners));
    return (
      bindings.find(({ binds }) => binds === 'no') ??
      bindings.find(({ binds }) => binds === 'by lookup') ??
      bindings[0] ??
      open(text)
    );
  }
  const all = parts(text, 'AND');
  if (all.length > 1) {
    const bindings = all.map((part) => bindingOf(part, column, owners));
    return (
      bindings.find(({ binds }) => binds === 'yes') ?? bindings.find(({ binds }) => binds === 'by lookup') ?? open(text)
    );
  }
  if (/^false$/i.test(text)) return { binds: 'yes', context: '' };
  const pair = sides(text);
  if (pair) {
    for (const [one, other] of [pair, [pair[1], pair[0]]] as const) {
      if (isColumn(one, column) && !mentions(other, column) && !isConstant(other)) {
        return /\bFROM\b|^(ANY|ALL)\b/.test(other) ? { binds: 'by lookup' } : { binds: 'yes', context: unwrap(other) };
      }
    }
  }
  if (pair && owners.some((owner) => pair.some((side) => isColumn(side, owner)) && !pair.some(isConstant))) {
    return { binds: 'by lookup' };
  }
  // `tenant in (select ...)`, `exists (select ...)`, a function of the row: who passes stands elsewhere.
  if (mentions(text, column) && /\bFROM\b|\bANY\b/.test(text)) return { binds: 'by lookup' };
  if (/^EXISTS\b/.test(text)) return { binds: 'by lookup' };
  if (new RegExp(`^[\\w."]+\\(.*${word(column)}.*\\)$`, 's').test(text)) return { binds: 'by lookup' };
  return open(text);
}

const open = (where: string): Binding => ({ binds: 'no', where });
const quoted = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const word = (column: string) => `(?<![\\w"'.])"?${quoted(column)}"?(?![\\w"'(])`;
/** Whether the column is named; what a sub-select calls its result does not count. */
const mentions = (text: string, column: string) =>
  new RegExp(`(?:^|[^\\w'])"?${quoted(column)}"?(?:$|[^\\w'(])`).test(text.replace(/\bAS ("[^"]+"|\w+)/g, ''));
const isColumn = (text: string, column: string) =>
  new RegExp(`^(?:[\\w"]+\\.)?"?${quoted(column)}"?$`).test(uncast(text));
const isConstant = (text: string) => /^'(?:[^']|'')*'$|^[\d.-]+$|^true$|^NULL$/i.test(uncast(text));
