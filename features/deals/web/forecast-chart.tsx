import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '../../../web/kit/money.tsx';
import classes from './forecast.module.css';
import { MonthLink, useMonthName } from './month-link.tsx';
import type { Month } from './months.ts';

interface Props {
  months: Month[];
  currency: string;
  now: string;
  /** Stands beside the legend. */
  children?: ReactNode;
}

/** A bar for each month: won at its foot, above it what is likely, above that what is hoped for. */
export function ForecastChart({ months, currency, now, children }: Props) {
  const { t, i18n } = useTranslation('deals');
  const name = useMonthName(now);
  const text = (value: string) => money(value, currency, i18n.language, true);
  const short = new Intl.NumberFormat(i18n.language, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  const whole = (month: Month) => Number(month.total_value) + Number(month.won_value);
  const highest = Math.max(...months.map(whole), 1);
  return (
    <section className={classes.chart} aria-label={t('forecast.chart')}>
      <div className={classes.head}>
        <ul className={classes.legend} aria-hidden="true">
          {(['won', 'weighted', 'rest'] as const).map((part) => (
            <li key={part} data-part={part}>
              {t(part === 'weighted' ? 'weightedTitle' : `forecast.${part}`)}
            </li>
          ))}
        </ul>
        {children}
      </div>
      <ol className={classes.bars}>
        {months.map((month) => {
          const size = (value: number) => ({ height: `${(value / highest) * 100}%` });
          const weighted = Number(month.weighted_value);
          const label = t('forecast.bar', {
            month: name(month.month),
            count: month.count,
            value: text(month.total_value),
            weighted: text(month.weighted_value),
            won: text(month.won_value),
          });
          return (
            <li key={month.month} className={classes.month} data-now={month.month === now || undefined}>
              <MonthLink
                className={classes.column}
                month={month.month}
                now={now}
                kind={month.count === 0 && month.won_count > 0 ? 'won' : 'open'}
                currency={currency}
              >
                <span className="visually-hidden">{label}</span>
                <span className={classes.space} title={label} aria-hidden="true">
                  <span className={classes.figure}>{whole(month) > 0 && short.format(whole(month))}</span>
                  <span className={classes.part} data-part="rest" style={size(Number(month.total_value) - weighted)} />
                  <span className={classes.part} data-part="weighted" style={size(weighted)} />
                  <span className={classes.part} data-part="won" style={size(Number(month.won_value))} />
                </span>
                <span className={classes.name} aria-hidden="true">
                  {name(month.month, true)}
                </span>
              </MonthLink>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
