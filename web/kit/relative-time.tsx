import { useTranslation } from 'react-i18next';

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const formats = new Map<string, { relative: Intl.RelativeTimeFormat; exact: Intl.DateTimeFormat }>();

/** Making one takes longer than using it, and a table uses it for every row. */
function formatsOf(language: string) {
  let found = formats.get(language);
  if (!found) {
    found = {
      relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' }),
      exact: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }),
    };
    formats.set(language, found);
  }
  return found;
}

export function relativeTime(at: Date, now: number, language: string): string {
  const seconds = (at.getTime() - now) / 1000;
  const format = formatsOf(language).relative;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

/** How long ago, or until; the exact time is in the tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const date = new Date(at);
  return (
    <time dateTime={at} title={formatsOf(i18n.language).exact.format(date)}>
      {relativeTime(date, Date.now(), i18n.language)}
    </time>
  );
}

/** The date of today where the reader is, as the API writes dates. */
export const today = () => new Date().toLocaleDateString('sv');

/** A day as people write it: the year only where it is not this one. */
export function Day({ at }: { at: string }) {
  const { i18n } = useTranslation();
  // Without a time it would be midnight in Greenwich: the day before, west of it.
  const date = new Date(`${at}T00:00`);
  const year = date.getFullYear() === new Date().getFullYear() ? {} : ({ year: 'numeric' } as const);
  return (
    <time dateTime={at}>{date.toLocaleDateString(i18n.language, { day: 'numeric', month: 'short', ...year })}</time>
  );
}
