const withOwn = (values: string[], own: string) => (values.includes(own) ? values : [own, ...values]);

/** Time zones as the browser knows them, and the company's own even where it does not. */
export const timezones = (own: string) =>
  withOwn(withOwn(Intl.supportedValuesOf('timeZone'), 'UTC'), own).map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));

/** Currencies with their names in the reader's language. */
export function currencies(own: string, language: string) {
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  return withOwn(Intl.supportedValuesOf('currency'), own).map((value) => ({
    value,
    label: `${value} · ${names.of(value) ?? value}`,
  }));
}
