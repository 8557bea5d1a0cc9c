import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Figures } from '../../../web/kit/figures.tsx';
import { money } from '../../../web/kit/money.tsx';
import { today } from '../../../web/kit/relative-time.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { useMe } from '../../../web/session/use-me.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import classes from './forecast.module.css';
import { ForecastChart } from './forecast-chart.tsx';
import { ForecastTable } from './forecast-table.tsx';
import { useMonthName } from './month-link.tsx';
import { monthAfter, monthsOf, nothing, sum } from './months.ts';
import type { Filters } from './use-filters.ts';

/** What is expected to close and what was won, month by month, in one currency at a time. */
export default function Forecast({ filters }: { filters: Filters }) {
  const { t, i18n } = useTranslation('deals');
  const { pipeline, isEvery, owner, set } = filters;
  const now = today().slice(0, 7);
  const name = useMonthName(now);
  const own = useMe().data?.company?.currency;
  const query = {
    ...(isEvery || !pipeline ? {} : { pipeline_id: pipeline.id }),
    ...(owner ? { owner_id: owner } : {}),
  };
  const { data, error, refetch } = useQuery({
    queryKey: ['deals', 'forecast', query],
    queryFn: () => answer(api.GET('/api/deals/forecast', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  if (!data) return error ? <Trouble error={error} retry={() => void refetch()} /> : <BoardSkeleton />;
  const currencies = [...new Set(data.months.map((row) => row.currency))].sort();
  const currency =
    currencies.find((code) => code === filters.currency) ?? (own && currencies.includes(own) ? own : currencies[0]);
  if (!currency) return <EmptyState icon="chart" title={t('forecast.emptyTitle')} text={t('forecast.emptyText')} />;
  const months = monthsOf(data.months, currency, now);
  const of = (month: string) => months.find((each) => each.month === month) ?? nothing;
  const quarter = sum([0, 1, 2].map((step) => of(monthAfter(now, step))));
  const text = (value: string) => money(value, currency, i18n.language, true);
  const share = (value: string) => t('forecast.of', { value: text(value) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <div className={classes.scroller} tabIndex={0}>
      <Figures
        label={t('views.forecast')}
        items={[
          { label: t('forecast.wonThis', { month: name(now, true) }), value: text(of(now).won_value) },
          {
            label: t('forecast.weightedThis', { month: name(now, true) }),
            value: text(of(now).weighted_value),
            more: share(of(now).total_value),
          },
          {
            label: t('forecast.weightedQuarter', { from: name(now, true), to: name(monthAfter(now, 2), true) }),
            value: text(quarter.weighted_value),
            more: share(quarter.total_value),
          },
          { label: t('forecast.overdue'), value: text(of('earlier').total_value) },
        ]}
      />
      <ForecastChart months={months} currency={currency} now={now}>
        {currencies.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('forecast.currency')}
            data={currencies}
            value={currency}
            onChange={(code) => set({ currency: code })}
          />
        )}
      </ForecastChart>
      <ForecastTable months={months} currency={currency} now={now} />
    </div>
  );
}
