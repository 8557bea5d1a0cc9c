import { Pill, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { trashPlace } from '../../trash/web/place.ts';
import { dealStatuses } from '../contract.ts';
import classes from './table.module.css';
import { type Days, dayFilters, type Filters } from './use-filters.ts';

export const ANY = 'any';
const trash = trashPlace('deals');

/** What narrows the table only; what a forecast led to can be taken away again. */
export function TableFilters({ filters, total }: { filters: Filters; total: number | undefined }) {
  const { t, i18n } = useTranslation(['deals', 'trash']);
  const { status = 'open', set, days, currency } = filters;
  const when = useDays(days);
  const pills: [string, Record<string, undefined>][] = [
    ...(when
      ? [[when, Object.fromEntries(dayFilters.map((name) => [name, undefined]))] as [string, Record<string, undefined>]]
      : []),
    ...(currency ? [[currency, { currency: undefined }] as [string, Record<string, undefined>]] : []),
  ];
  return (
    <div className={classes.bar}>
      <Select
        size="xs"
        aria-label={t('fields.status')}
        data={[
          ...dealStatuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
          { value: ANY, label: t('anyStatus') },
        ]}
        value={status}
        onChange={(value) => set({ status: value === 'open' ? undefined : (value ?? undefined) })}
        w={128}
      />
      {pills.map(([text, without]) => (
        <Pill
          key={text}
          withRemoveButton
          onRemove={() => set(without)}
          removeButtonProps={{ 'aria-label': t('without', { filter: text }), 'aria-hidden': false, tabIndex: 0 }}
        >
          {text}
        </Pill>
      ))}
      <Link className={classes.trash ?? ''} to={trash.to} search={trash.search as never}>
        <Icon name="trash" size={14} />
        {t('trash:open.deals')}
      </Link>
      {total !== undefined && (
        <span className={classes.count}>
          {t('found', { count: total, total: total.toLocaleString(i18n.language) })}
        </span>
      )}
    </div>
  );
}

/** The days of the filter in words. */
function useDays({ no_close, close_from, close_to, closed_from, closed_to }: Days): string | undefined {
  const { t, i18n } = useTranslation('deals');
  if (no_close) return t('when.none');
  const from = close_from ?? closed_from;
  const to = close_to ?? closed_to;
  const day = (at: string) => new Date(`${at}T00:00`);
  const isClosed = closed_from !== undefined || closed_to !== undefined;
  if (!from && !to) return undefined;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' });
  if (!from) return t(isClosed ? 'when.closedUntil' : 'when.until', { day: format.format(day(to ?? '')) });
  if (!to) return t(isClosed ? 'when.closedFrom' : 'when.from', { day: format.format(day(from)) });
  return t(isClosed ? 'when.closedIn' : 'when.in', { days: format.formatRange(day(from), day(to)) });
}
