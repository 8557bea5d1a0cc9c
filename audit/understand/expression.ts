/**
 * Reads expressions as PostgreSQL writes them out of its catalog: fully bracketed, keywords in capitals. Enough to tell
 * which conditions must all hold and which of several, no more.
 */

/** The parts of an expression that a connective joins at its outermost level; the whole where there is none. */
export function parts(expression: string, connective: 'AND' | 'OR'): string[] {
  const text = unwrap(expression);
  const found: string[] = [];
  let from = 0;
  for (const { word, at } of outermost(text)) {
    if (word !== connective) continue;
    found.push(text.slice(from, at).trim());
    from = at + word.length;
  }
  return [...found, text.slice(from).trim()];
}

/** Without the brackets around the whole, and without a sub-select that does nothing but wrap one value. */
export function unwrap(expression: string): string {
  let text = expression.trim();
  for (;;) {
    const inner = wholeBracket(text) ? text.slice(1, -1).trim() : text;
    const wrapped = /^SELECT\s+((?:(?!\b(?:FROM|WHERE|UNION)\b)[\s\S])*?)(?:\s+AS\s+("[^"]+"|\w+))?$/.exec(inner)?.[1];
    const next = wrapped !== undefined && inner !== text ? wrapped.trim() : inner;
    if (next === text) return text;
    text = next;
  }
}

/** Both sides of the outermost equality, or undefined where the expression is none. */
export function sides(expression: string): [string, string] | undefined {
  const text = unwrap(expression);
  for (const { word, at } of outermost(text)) {
    if (word === '=') return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  }
  return undefined;
}

/** Without the casts around the whole: `(x)::text` is x. */
export function uncast(expression: string): string {
  let text = unwrap(expression);
  for (;;) {
    const cast = outermost(text)
      .filter(({ word }) => word === '::')
      .at(-1);
    if (!cast || !/^::\s*[\w ."]+(\(\d+\))?(\[\])?$/.test(text.slice(cast.at))) return text;
    text = unwrap(text.slice(0, cast.at));
  }
}

function wholeBracket(text: string): boolean {
  if (!text.startsWith('(')) return false;
  let depth = 0;
  for (const [at, end] of tokens(text)) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return end === text.length;
  }
  return false;
}

function outermost(text: string): { word: string; at: number }[] {
  const found: { word: string; at: number }[] = [];
  let depth = 0;
  for (const [at, end] of tokens(text)) {
    const word = text.slice(at, end);
    if (word === '(' || word === '[' || word === 'CASE') depth += 1;
    else if (word === ')' || word === ']' || word === 'END') depth -= 1;
    else if (depth === 0) found.push({ word, at });
  }
  return found;
}

/** Begin and end of each word, quoted text, operator or bracket. */
function tokens(text: string): [number, number][] {
  const pattern = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|[<>=!~@#%^&|?+*/-]+|\w+|[^\s\w]/g;
  return [...text.matchAll(pattern)].map(({ index, 0: word }) => [index, index + word.length]);
}
