import { useTranslation } from 'react-i18next';
import { Money } from '../../../web/kit/money.tsx';
import classes from './forecast.module.css';
import { MonthLink, useMonthName } from './month-link.tsx';
import { type Month, type Sums, sum } from './months.ts';

interface Props {
  months: Month[];
  currency: string;
  now: string;
}

const zero = (count: number) => count === 0 || undefined;

/** The same in figures, each of which leads to its deals. */
export function ForecastTable({ months, currency, now }: Props) {
  const { t, i18n } = useTranslation('deals');
  const name = useMonthName(now);
  const figures = (row: Sums, link: (kind: 'open' | 'won', count: string) => React.ReactNode) => (
    <>
      <td data-zero={zero(row.count)}>{link('open', row.count.toLocaleString(i18n.language))}</td>
      <td data-zero={zero(row.count)}>
        <Money value={row.total_value} currency={currency} round />
      </td>
      <td data-zero={zero(row.count)}>
        <Money value={row.weighted_value} currency={currency} round />
      </td>
      <td data-zero={zero(row.won_count)}>{link('won', row.won_count.toLocaleString(i18n.language))}</td>
      <td data-zero={zero(row.won_count)}>
        <Money value={row.won_value} currency={currency} round />
      </td>
    </>
  );
  const coming = sum(months.filter(({ month }) => month >= now && month !== 'earlier' && month !== 'none'));
  return (
    <div className={classes.tableFrame}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('forecast.chart')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('forecast.month')}</th>
            <th scope="col">{t('openDeals')}</th>
            <th scope="col">{t('fields.value')}</th>
            <th scope="col">{t('weightedTitle')}</th>
            <th scope="col">{t('forecast.wonCount')}</th>
            <th scope="col">{t('forecast.won')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((row) => (
            <tr key={row.month} data-now={row.month === now || undefined}>
              <th scope="row">{name(row.month)}</th>
              {figures(row, (kind, count) =>
                count === '0' ? (
                  count
                ) : (
                  <MonthLink month={row.month} now={now} kind={kind} currency={currency}>
                    {count}
                    <span className="visually-hidden">
                      {' '}
                      {name(row.month)}, {t(`statuses.${kind}`)}
                    </span>
                  </MonthLink>
                ),
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('forecast.total')}</th>
            {figures(coming, (_kind, count) => count)}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
