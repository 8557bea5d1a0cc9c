import { useTranslation } from 'react-i18next';
import { wall } from '../clock.ts';
import { i18next } from '../i18n.ts';

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
  // Not by the hook: a table has hundreds of these, and whoever shows one is drawn anew in another language.
  const { language } = i18next;
  return (
    <time dateTime={at} title={formatsOf(language).exact.format(wall(at))}>
      {relativeTime(new Date(at), Date.now(), language)}
    </time>
  );
}

/** The date of today where the reader is, as the API writes dates. */
export const today = () => wall().toLocaleDateString('sv');

/** A day as people write it: the year only where it is not this one. */
export function Day({ at }: { at: string }) {
  const { i18n } = useTranslation();
  // Without a time it would be midnight in Greenwich: the day before, west of it.
  const date = new Date(`${at}T00:00`);
  const year = date.getFullYear() === wall().getFullYear() ? {} : ({ year: 'numeric' } as const);
  return (
    <time dateTime={at}>{date.toLocaleDateString(i18n.language, { day: 'numeric', month: 'short', ...year })}</time>
  );
}
