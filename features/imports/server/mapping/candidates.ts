import { guessFromContent } from './column-content.ts';
import type { ContactField } from './contact-fields.ts';
import { fieldOfWords, nameWords } from './synonyms.ts';
import { joinedWords, type System } from './systems/system.ts';

export interface Candidate {
  field: ContactField;
  confidence: number;
  reason: string;
}

/**
 * The fields a column may belong to, best first; `null` where the system is known to keep nothing for us in it.
 * @param words the header's, and `all` those of every header, by `headerWords`
 */
export function candidatesFor(
  header: string,
  words: string,
  all: string[],
  values: string[],
  system: System | undefined,
): Candidate[] | null {
  const known = system?.columns.get(joinedWords(words));
  if (system && known) {
    if (known.field === null) return null;
    const found = {
      field: known.field,
      confidence: Math.max(0.8, 1 - known.rank * 0.02),
      reason: `${system.name} calls this field “${header}”.`,
    };
    return withSecondPhone([found]);
  }
  const found: Candidate[] = [];
  const name = ambiguousName(words, all);
  if (name) found.push({ field: name, confidence: 0.85, reason: `“${header}” is a usual name of this field.` });
  const synonym = fieldOfWords.get(words);
  if (synonym) found.push({ ...synonym, reason: `“${header}” is a usual name of this field.` });
  const content = guessFromContent(values);
  // A column of e-mail addresses holds those whatever it is called; elsewhere the header knows better.
  if (content && content.field !== found[0]?.field && (found.length === 0 || content.field === 'email')) {
    for (const named of found) named.confidence -= 0.5;
    found.push({ field: content.field, confidence: 0.6, reason: `The column contains ${content.what}.` });
  }
  found.sort((a, b) => b.confidence - a.confidence);
  return withSecondPhone(found);
}

// “Name” beside “Vorname”, “Nom” beside “Prénom” are surnames, “Nombre” beside “Apellidos” is the given name; alone, each is all of it.
function ambiguousName(words: string, all: string[]): ContactField | undefined {
  const has = (field: ContactField) => all.some((other) => other !== words && fieldOfWords.get(other)?.field === field);
  if (nameWords.given.includes(words)) return has('last_name') ? 'first_name' : 'full_name';
  if (nameWords.surname.includes(words)) return has('first_name') && !has('last_name') ? 'last_name' : 'full_name';
  return undefined;
}

function withSecondPhone(found: Candidate[]): Candidate[] {
  const phone = found.find(({ field }) => field === 'phone');
  if (!phone || phone.confidence < 0.5 || found.some(({ field }) => field === 'mobile')) return found;
  return [
    ...found,
    {
      field: 'mobile',
      confidence: phone.confidence - 0.45,
      reason: 'Another column is the phone; this second number fits here.',
    },
  ];
}
