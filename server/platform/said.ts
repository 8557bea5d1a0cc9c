import type { Language } from '../../contracts/languages.ts';
import { type Sayer, sayerOf } from '../../contracts/said.ts';
import german from '../../contracts/server-de.json' with { type: 'json' };

const sayers: Record<Language, Sayer> = { en: (sentence) => sentence, de: sayerOf(german) };

/** Says the server's sentences in a language, for what people read outside the app. */
export const sayerIn = (language: Language): Sayer => sayers[language];
