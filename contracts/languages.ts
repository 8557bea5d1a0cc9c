/** The languages of the app and its letters, as each calls itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

export const isLanguage = (code: string | null | undefined): code is Language =>
  code != null && Object.hasOwn(languages, code);

/** The first of these that the app speaks: `de-AT` is German, and so is `de;q=0.8`. */
export const spoken = (codes: readonly (string | null | undefined)[]): Language | undefined =>
  codes.map((code) => code?.trim().split(/[-;]/)[0]?.toLowerCase()).find(isLanguage);
