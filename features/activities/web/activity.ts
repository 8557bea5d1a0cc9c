import type { Item } from '../../../web/api/client.ts';
import { instant, wall } from '../../../web/clock.ts';
import type { IconName } from '../../../web/kit/icon.tsx';

export type Activity = Item<'/api/activities'>;
export type ActivityType = Activity['type'];

export const icons: Record<ActivityType, IconName> = {
  call: 'phone',
  email: 'mail',
  meeting: 'people',
  task: 'task',
  note: 'note',
  deadline: 'flag',
};
export const types = Object.keys(icons) as ActivityType[];

export const isOpen = ({ status }: Pick<Activity, 'status'>) => status === 'pending' || status === 'overdue';

/** A day of the reader's clock as the address writes it: 2026-11-21. */
export const dayOf = (date: Date) => date.toLocaleDateString('sv');
export const fromDay = (day: string) => new Date(`${day}T00:00`);
export const plusDays = (date: Date, days: number) =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, date.getHours(), date.getMinutes());

/** A moment as an <input type="datetime-local"> takes it, and back. */
export const toField = (at: string | null | undefined) => (at ? wall(at).toLocaleString('sv').slice(0, 16) : '');
export const fromField = (value: string) => (value ? instant(new Date(value)) : null);

/** When something is due, as shortly as it is clear: the time today, else the day, of the week if near, with its year if not this one. */
export function dueText(at: string, language: string): string {
  const date = wall(at);
  const now = wall();
  const time = date.toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' });
  const names = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const days = Math.round((fromDay(dayOf(date)).getTime() - fromDay(dayOf(now)).getTime()) / 86_400_000);
  if (Math.abs(days) <= 1) return `${capital(names.format(days, 'day'))}, ${time}`;
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  const weekday = Math.abs(days) < 7 ? ({ weekday: 'short' } as const) : {};
  return `${date.toLocaleDateString(language, { ...weekday, day: 'numeric', month: 'short', ...year })}, ${time}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
