import type { ContactField, ImportSource } from '../contact-fields.ts';
import { headerWords } from '../header-words.ts';

export interface System {
  source: Exclude<ImportSource, 'unknown'>;
  name: string;
  /** Headers by which an export of this system is told from others. */
  signature: string[];
  /** Where more of one kind are listed, the first with values wins. `null`: the system's own bookkeeping. */
  columns: Map<string, { field: ContactField | null; rank: number }>;
}

export interface SystemDescription {
  source: System['source'];
  name: string;
  signature: string[];
  fields: Partial<Record<ContactField, string[]>>;
  ignored: string[];
}

export function describeSystem({ source, name, signature, fields, ignored }: SystemDescription): System {
  const columns: System['columns'] = new Map();
  for (const header of ignored) columns.set(headerWords(header), { field: null, rank: 0 });
  for (const [field, headers] of Object.entries(fields) as [ContactField, string[]][]) {
    for (const [rank, header] of headers.entries()) columns.set(headerWords(header), { field, rank });
  }
  return { source, name, signature: signature.map(headerWords), columns };
}
