/** The languages of the app, as each calls itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const KEPT = 'bulkhead-language';
const isLanguage = (code: string | null | undefined): code is Language =>
  code != null && Object.hasOwn(languages, code);

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

/** The first of these that the app speaks: `de-AT` is German. */
export const spoken = (codes: readonly (string | null | undefined)[]): Language | undefined =>
  codes.map((code) => code?.split('-')[0]?.toLowerCase()).find(isLanguage);
