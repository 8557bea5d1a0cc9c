import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { daysOf } from './months.ts';
import { dayFilters } from './use-filters.ts';

interface Props {
  month: string;
  now: string;
  kind?: 'open' | 'won';
  currency: string;
  className?: string | undefined;
  children: ReactNode;
}

const noDays = Object.fromEntries(dayFilters.map((name) => [name, undefined]));

/** Leads to the table of the deals that a figure of the month is made of. */
export function MonthLink({ month, now, kind = 'open', currency, className, children }: Props) {
  const days = daysOf(month, now, kind);
  return (
    <Link
      to="."
      className={className}
      search={(old: Record<string, unknown>) => ({
        ...old,
        ...noDays,
        ...days,
        view: 'table',
        status: kind === 'won' ? 'won' : undefined,
        currency,
        q: undefined,
      })}
    >
      {children}
    </Link>
  );
}

/** A month as people write it: `November 2026`, or `Nov` where there is little room and the year is this one. */
export function useMonthName(now: string) {
  const { t, i18n } = useTranslation('deals');
  return (month: string, isShort = false) => {
    if (month === 'earlier') return t('forecast.earlier');
    if (month === 'none') return t('forecast.none');
    const isThisYear = month.slice(0, 4) === now.slice(0, 4);
    const year = isShort && isThisYear ? {} : ({ year: 'numeric' } as const);
    const name = { month: isShort ? 'short' : 'long', ...year } as const;
    return new Date(`${month}-01T00:00`).toLocaleDateString(i18n.language, name);
  };
}
