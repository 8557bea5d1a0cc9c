import { type Candidate, candidatesFor } from './candidates.ts';
import type { ContactField, GuessedColumn, ImportSource } from './contact-fields.ts';
import { detectSystem } from './detect-system.ts';
import { customKey, headerWords } from './header-words.ts';

export interface GuessedMapping {
  source: ImportSource;
  columns: GuessedColumn[];
}

/** Proposes a field for every column; no two columns get the same one. Sample rows decide between columns that mean the same. */
export function guessMapping(headers: string[], sampleRows: string[][]): GuessedMapping {
  const system = detectSystem(headers);
  const samples = headers.map((_, column) => sampleRows.map((row) => row[column] ?? ''));
  const empty = samples.map((values) => sampleRows.length > 0 && values.every((value) => value.trim() === ''));
  const words = headers.map(headerWords);
  const candidates = headers.map((header, column) =>
    candidatesFor(header, words[column]!, words, samples[column]!, system),
  );
  const chosen = choose(candidates, empty);

  const customKeys = new Set<string>();
  const columns = headers.map((header, column): GuessedColumn => {
    const winner = chosen.get(column);
    if (winner) return { header, ...winner };
    const none = (reason: string): GuessedColumn => ({ header, field: null, confidence: 0, reason });
    if (candidates[column] === null) return none(`${system?.name} keeps this for itself.`);
    if (empty[column]) return none('The column is empty in the rows we looked at.');
    if (isName(candidates[column]?.[0]?.field) && hasName(chosen)) return none('The name is taken from other columns.');
    const plain = customKey(header);
    let key = plain;
    for (let n = 2; customKeys.has(key); n++) key = `${plain}_${n}`;
    customKeys.add(key);
    const reason = candidates[column]?.length
      ? 'Another column fits that field better; it can be kept as a field of your own.'
      : 'No field of ours fits; it can be kept as a field of your own.';
    return { header, field: `custom:${key}`, confidence: 0.2, reason };
  });
  return { source: system?.source ?? 'unknown', columns };
}

const isName = (field: ContactField | undefined) =>
  field === 'full_name' || field === 'first_name' || field === 'last_name';
const hasName = (chosen: Map<number, Candidate>) => [...chosen.values()].some(({ field }) => isName(field));

/** Best pair of column and field first. An empty column gives way to a filled one that means the same. */
function choose(candidates: (Candidate[] | null)[], empty: boolean[]): Map<number, Candidate> {
  const pairs = candidates.flatMap((list, column) =>
    (list ?? []).map((candidate) => ({ column, candidate, weight: candidate.confidence - (empty[column] ? 0.5 : 0) })),
  );
  pairs.sort((a, b) => b.weight - a.weight || a.column - b.column);
  const filled = pairs.filter(({ column }) => !empty[column]);
  const given = new Set((filled.length > 0 ? filled : pairs).map(({ candidate }) => candidate.field));
  // A name in two columns is better than one that has to be split, half a name is not.
  const whole = given.has('full_name') && !(given.has('first_name') && given.has('last_name'));
  const taken = new Set<ContactField>(whole ? ['first_name', 'last_name'] : ['full_name']);
  const chosen = new Map<number, Candidate>();
  for (const { column, candidate, weight } of pairs) {
    if (chosen.has(column) || taken.has(candidate.field) || (empty[column] && weight < 0.2)) continue;
    taken.add(candidate.field);
    chosen.set(column, candidate);
  }
  return chosen;
}
