import type { ContactField } from './contact-fields.ts';

export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text);

const patterns: { field: ContactField; what: string; test: (text: string) => boolean }[] = [
  { field: 'email', what: 'e-mail addresses', test: looksLikeEmail },
  { field: 'linkedin_url', what: 'LinkedIn addresses', test: (text) => /linkedin\.com\/(in|pub)\//i.test(text) },
  { field: 'website', what: 'web addresses', test: (text) => /^(https?:\/\/|www\.)\S+$/i.test(text) },
  {
    field: 'phone',
    what: 'phone numbers',
    test: (text) => /^(\+|00|\(?0)[\d\s()./-]{6,}$/.test(text) && !/^\d{4}-\d\d-\d\d/.test(text),
  },
];

/** What is longer is no value that has one of these shapes, and some shapes take their time over it. */
const shapedChars = 500;

/** What a column holds where its header says nothing: at least four of five sample values must agree. */
export function guessFromContent(values: string[]): { field: ContactField; what: string } | undefined {
  const filled = values.map((value) => value.slice(0, shapedChars).trim()).filter(Boolean);
  if (filled.length === 0) return undefined;
  return patterns.find(({ test }) => filled.filter(test).length >= filled.length * 0.8);
}
