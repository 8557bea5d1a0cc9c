import type { ContactField, ImportSource } from '../contact-fields.ts';
import { headerWords } from '../header-words.ts';

export interface System {
  source: Exclude<ImportSource, 'unknown'>;
  name: string;
  /** Headers, their words joined, by which an export of this system is told from others. */
  signature: string[];
  /** By the header's joined words. Where more of one kind are listed, the first with values wins. `null`: the system's own bookkeeping. */
  columns: Map<string, { field: ContactField | null; rank: number }>;
}

export interface SystemDescription {
  source: System['source'];
  name: string;
  signature: string[];
  fields: Partial<Record<ContactField, string[]>>;
  ignored: string[];
}

/** Some exports write the same header apart, joined or all in capitals: Mailing City, MailingCity, MAILINGCITY. */
export const joinedWords = (words: string): string => words.replaceAll(' ', '');

export function describeSystem({ source, name, signature, fields, ignored }: SystemDescription): System {
  const columns: System['columns'] = new Map();
  const keyOf = (header: string) => joinedWords(headerWords(header));
  for (const header of ignored) columns.set(keyOf(header), { field: null, rank: 0 });
  for (const [field, headers] of Object.entries(fields) as [ContactField, string[]][]) {
    for (const [rank, header] of headers.entries()) columns.set(keyOf(header), { field, rank });
  }
  return { source, name, signature: signature.map(keyOf), columns };
}
