import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../web/kit/card.tsx';
import { ColumnChart } from '../../../web/kit/column-chart.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { icons, types } from '../../activities/web/activity.ts';
import classes from './dashboard.module.css';
import type { Dashboard, Whose } from './use-dashboard.ts';

const DAYS = 14;

/** What was done in the last two weeks; each day leads to what it was. */
export function ActivityCard({ data, whose }: { data: Dashboard | undefined; whose: Whose }) {
  const { t, i18n } = useTranslation(['dashboard', 'activities']);
  if (!data) {
    return (
      <Card title={t('activity.title')}>
        <Lines count={5} />
      </Card>
    );
  }
  const place = (search: Record<string, string>) => ({
    to: '/activities',
    search: { tab: 'done', ...(whose === 'all' ? { whose } : {}), ...search },
  });
  const count = (fits: (one: Dashboard['activity'][number]) => boolean) =>
    data.activity.filter(fits).reduce((sum, one) => sum + one.count, 0);
  const total = count(() => true);
  const days = Array.from({ length: DAYS }, (_, back) => {
    const date = new Date(`${data.today}T12:00`);
    date.setDate(date.getDate() - (DAYS - 1 - back));
    return date;
  });
  return (
    <Card title={t('activity.title')} aside={t('activity.total', { count: total })}>
      <ColumnChart
        label={t('activity.label')}
        columns={days.map((date) => {
          const id = date.toLocaleDateString('sv');
          const size = count(({ day }) => day === id);
          const day = date.toLocaleDateString(i18n.language, { weekday: 'long', day: 'numeric', month: 'long' });
          return {
            id,
            name: date.toLocaleDateString(i18n.language, { day: 'numeric' }),
            size,
            text: `${day}: ${t('activity.total', { count: size })}`,
            place: place({ done_on: id }),
          };
        })}
      />
      <ul className={classes.kinds}>
        {types
          .map((type) => ({ type, done: count((one) => one.type === type) }))
          .filter(({ done }) => done > 0)
          .map(({ type, done }) => (
            <li key={type}>
              <Link to="/activities" search={place({ type }).search as never}>
                <Icon name={icons[type]} size={14} />
                {t(`types.${type}`, { ns: 'activities' })} <b>{done}</b>
              </Link>
            </li>
          ))}
      </ul>
    </Card>
  );
}
