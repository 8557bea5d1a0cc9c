import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Card } from '../../../web/kit/card.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import classes from './dashboard.module.css';
import type { Dashboard } from './use-dashboard.ts';

export function LeadersCard({ data }: { data: Dashboard | undefined }) {
  const { t } = useTranslation('dashboard');
  return (
    <Card title={t('leaders.title')} aside={t('leaders.hint')}>
      {!data ? (
        <Lines count={5} />
      ) : data.leaders.length === 0 ? (
        <div className={classes.empty}>
          <p>{t('leaders.none')}</p>
        </div>
      ) : (
        <table className={classes.leaders}>
          <thead>
            <tr>
              <th scope="col">{t('leaders.who')}</th>
              <th scope="col">{t('leaders.won')}</th>
              <th scope="col">{t('leaders.deals')}</th>
              <th scope="col">{t('leaders.activities')}</th>
            </tr>
          </thead>
          <tbody>
            {data.leaders.map((leader) => (
              <tr key={leader.user_id}>
                <th scope="row">
                  <span className={classes.person}>
                    <Avatar name={leader.name} size={22} />
                    {leader.name}
                  </span>
                </th>
                <td>
                  <b>
                    <Money value={leader.won_value} currency={data.currency} round />
                  </b>
                </td>
                <td>{leader.won_count}</td>
                <td>
                  <Link to="/activities" search={{ whose: `person:${leader.user_id}`, tab: 'done' } as never}>
                    {leader.activities}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
