import { JOINERS, UNSEEN } from '../../contracts/unseen.ts';

const OBEYED = new RegExp(`(?![${JOINERS}])[${UNSEEN}\\p{Cs}]`, 'gu');

/**
 * A name may hold what a terminal, or a line of text, would obey: each such character is shown as one that cannot be, and the end of a
 * line as a space.
 */
export const tame = (text: string): string => text.replace(/\r\n|[\t\n\r]/g, ' ').replace(OBEYED, '\ufffd');

/** The same, line by line, for what is told in lines. */
export const tameLines = (text: string): string => text.split('\n').map(tame).join('\n');

/**
 * A report to be shown: nothing in its texts is obeyed, whichever of them it stands in. Names of members are as they were.
 * @param inLines members that are told in lines: SQL
 */
export const tamed = <Told>(report: Told, inLines: readonly string[] = ['mend']): Told =>
  through(report, '', inLines) as Told;

function through(value: unknown, name: string, inLines: readonly string[]): unknown {
  if (typeof value === 'string') return inLines.includes(name) ? tameLines(value) : tame(value);
  if (Array.isArray(value)) return value.map((one) => through(one, name, inLines));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, through(one, key, inLines)]));
}

/** JSON in which such characters stand as escapes: it is printed too. */
export const tameJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(UNESCAPED, (text) =>
    Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );

// JSON.stringify escapes what stands before the blank, but between members it breaks lines itself.
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu;
