import { isLanguage, type Language } from '../contracts/languages.ts';

export { type Language, languages, spoken } from '../contracts/languages.ts';

const KEPT = 'bulkhead-language';

/** What was chosen in this browser; undefined where nothing was. */
export function chosenLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEPT);
    return isLanguage(kept) ? kept : undefined;
  } catch {
    // Storage may be switched off; the browser's language is right then.
    return undefined;
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // It lasts until the page is closed.
  }
}
