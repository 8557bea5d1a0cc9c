import { plusDays } from '../activity.ts';

export const views = ['month', 'week', 'day'] as const;
export type View = (typeof views)[number];

const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

type WeekInfo = { firstDay: number };
/** The day that a week begins with where the reader lives, as `Date` counts: Sunday in Tucson, Monday in Manchester. */
export function firstDayOf(locale: string): number {
  const place = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  const { firstDay } = place.getWeekInfo?.() ?? place.weekInfo ?? { firstDay: 1 };
  return firstDay % 7;
}

/** The days that a view of a date shows. */
export function daysOf(view: View, date: Date, firstDay: number): Date[] {
  const weekOf = (day: Date) => plusDays(midnight(day), -((day.getDay() - firstDay + 7) % 7));
  if (view === 'day') return [midnight(date)];
  if (view === 'week') return range(weekOf(date), 7);
  const first = new Date(date.getFullYear(), date.getMonth(), 1);
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0);
  const begin = weekOf(first);
  const weeks = Math.ceil((Math.round((last.getTime() - begin.getTime()) / 86_400_000) + 1) / 7);
  return range(begin, weeks * 7);
}

const range = (begin: Date, count: number) => Array.from({ length: count }, (_, day) => plusDays(begin, day));

/** The date that the neighbouring span is shown by. */
export function step(view: View, date: Date, direction: 1 | -1): Date {
  if (view === 'month') return new Date(date.getFullYear(), date.getMonth() + direction, 1);
  return plusDays(date, direction * (view === 'week' ? 7 : 1));
}

export function spanName(view: View, days: Date[], date: Date, language: string): string {
  if (view === 'month') return date.toLocaleDateString(language, { month: 'long', year: 'numeric' });
  const format = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(view === 'day' ? { weekday: 'long' } : {}),
  });
  const [first, last] = [days[0] ?? date, days.at(-1) ?? date];
  return view === 'day' ? format.format(date) : format.formatRange(first, last);
}
