import type { Language } from '../../../contracts/languages.ts';

const WORDS: Record<Language, string> = { en: 'Hello', de: 'Guten Tag' };

/** How a letter begins: `Hello Ada,`, or `Hello,` to somebody whose name is not known. */
export const greeting = (language: Language, name?: string | null): string =>
  `${[WORDS[language], name].filter(Boolean).join(' ')},`;
