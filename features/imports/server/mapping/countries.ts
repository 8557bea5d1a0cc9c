import { type CountryCode, getCountries } from 'libphonenumber-js';
import { headerWords } from './header-words.ts';

const others: Record<string, CountryCode> = {
  usa: 'US',
  uk: 'GB',
  'united states of america': 'US',
  england: 'GB',
  holland: 'NL',
};
let known: Map<string, CountryCode> | undefined;

/** The code of a country named in English, German, Spanish or French, or by its code. */
export function countryCode(text: string): CountryCode | undefined {
  known ??= nameCountries();
  return known.get(headerWords(text));
}

function nameCountries(): Map<string, CountryCode> {
  const names = new Map<string, CountryCode>(Object.entries(others));
  const languages = ['en', 'de', 'es', 'fr'].map((language) => new Intl.DisplayNames(language, { type: 'region' }));
  for (const code of getCountries()) {
    names.set(code.toLowerCase(), code);
    for (const language of languages) names.set(headerWords(language.of(code) ?? code), code);
  }
  return names;
}
