import { useTranslation } from 'react-i18next';
import { Card } from '../../../web/kit/card.tsx';
import { LineChart } from '../../../web/kit/line-chart.tsx';
import { money } from '../../../web/kit/money.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import classes from './dashboard.module.css';
import type { Dashboard } from './use-dashboard.ts';
import { course, monthsOf } from './won.ts';

export function WonCard({ data }: { data: Dashboard | undefined }) {
  const { t, i18n } = useTranslation('dashboard');
  if (!data) {
    return (
      <Card title={t('won.title')}>
        <Lines count={5} />
      </Card>
    );
  }
  const { this_month: now, last_month: before, days } = data.won;
  const amount = (value: string) => money(value, data.currency, i18n.language, true);
  const { current, previous, steps, isUntil } = monthsOf(data.today);
  const name = (month: string) => new Date(`${month}-01T00:00`).toLocaleDateString(i18n.language, { month: 'long' });
  const outcome = t('won.outcome', { value: amount(now.value), before: amount(before.value), month: name(previous) });
  return (
    <Card title={t('won.title')} aside={now.others > 0 && t('won.others', { count: now.others })}>
      <p className={classes.figure}>
        <b>{amount(now.value)}</b> {t('won.deals', { count: now.count })},{' '}
        {t('won.against', { value: amount(before.value), month: name(previous), deals: before.count })}
      </p>
      <LineChart
        label={outcome}
        steps={steps}
        top={(value) => amount(String(Math.round(value)))}
        begin="1"
        end={String(steps)}
        lines={[
          { name: name(current), values: course(days, current, isUntil) },
          { name: name(previous), values: course(days, previous, steps), isQuiet: true },
        ]}
      />
    </Card>
  );
}
