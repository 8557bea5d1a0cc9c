import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { startAction } from '../../../web/actions.ts';
import { usePeople } from '../../../web/api/people.ts';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Card } from '../../../web/kit/card.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Check } from '../../activities/web/check.tsx';
import { Due } from '../../activities/web/due.tsx';
import { feature as activities } from '../../activities/web/index.tsx';
import classes from './dashboard.module.css';
import { useDue, type Whose } from './use-dashboard.ts';

/** What is due until tonight, the late first; where it is everyone's, with whose each is. */
export function DueCard({ whose }: { whose: Whose }) {
  const { t } = useTranslation('dashboard');
  const { data, error, refetch } = useDue(whose);
  const people = usePeople();
  const scope = whose === 'all' ? { whose } : {};
  const total = data?.total ?? 0;
  const plan = activities.actions?.[0];
  return (
    <Card
      title={t('due.title')}
      aside={
        total > 0 && (
          <Link to="/activities" search={scope as never}>
            {t(total > (data?.items.length ?? 0) ? 'due.all' : 'due.open', { count: total })}
          </Link>
        )
      }
    >
      {data ? (
        data.items.length > 0 ? (
          <ul className={classes.list} aria-label={t('due.title')}>
            {data.items.map((activity) => (
              <li key={activity.id} className={`${classes.row} ${classes.due}`}>
                <Check activity={activity} />
                <Link
                  to="/activities"
                  search={{ ...scope, open: activity.id } as never}
                  className={classes.name}
                  data-done={activity.status === 'completed' || undefined}
                >
                  {activity.subject}
                  <span className={classes.soft}>{activity.contact_name ?? activity.deal_title}</span>
                </Link>
                <Due activity={activity} />
                {whose === 'all' && <Owner name={people.nameOf(activity.owner_id)} />}
              </li>
            ))}
          </ul>
        ) : (
          <div className={classes.empty}>
            <p>{t('due.none')}</p>
            {plan && (
              <Button size="xs" variant="default" onClick={() => startAction(plan)}>
                {t('due.plan')}
              </Button>
            )}
          </div>
        )
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={6} />
      )}
    </Card>
  );
}

function Owner({ name }: { name: string | undefined }) {
  const { t } = useTranslation('dashboard');
  return (
    <span className={classes.owner} title={name}>
      {name && (
        <>
          <span className="visually-hidden">{t('due.owner', { name })}</span>
          <Avatar name={name} size={20} />
        </>
      )}
    </span>
  );
}
