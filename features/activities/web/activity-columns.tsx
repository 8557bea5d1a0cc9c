import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import type { Column } from '../../../web/kit/table.tsx';
import classes from './activities.module.css';
import { type Activity, icons } from './activity.ts';
import { Check } from './check.tsx';
import { Due } from './due.tsx';

export function useActivityColumns(): Column<Activity>[] {
  const { t } = useTranslation('activities');
  const { nameOf } = usePeople();
  return useMemo(
    () => [
      {
        id: 'subject',
        header: t('fields.subject'),
        width: 'minmax(0, 2.4fr)',
        cell: (activity) => <Subject activity={activity} />,
      },
      {
        id: 'due',
        header: t('fields.due_date'),
        width: '172px',
        sort: 'due_date',
        cell: (activity) => <Due activity={activity} />,
      },
      {
        id: 'contact',
        header: t('fields.contact_id'),
        width: 'minmax(0, 1.1fr)',
        from: 700,
        cell: (activity) => activity.contact_name,
      },
      {
        id: 'deal',
        header: t('fields.deal_id'),
        width: 'minmax(0, 1.3fr)',
        from: 860,
        cell: (activity) => <span className={classes.soft}>{activity.deal_title}</span>,
      },
      {
        id: 'owner',
        header: t('fields.owner_id'),
        width: '132px',
        from: 1020,
        cell: (activity) => <span className={classes.soft}>{nameOf(activity.owner_id)}</span>,
      },
    ],
    [t, nameOf],
  );
}

function Subject({ activity }: { activity: Activity }) {
  const { t } = useTranslation('activities');
  return (
    <span className={classes.subject}>
      <Check activity={activity} />
      <span className={classes.kind} title={t(`types.${activity.type}`)}>
        <Icon name={icons[activity.type]} size={16} />
        <span className="visually-hidden">{t(`types.${activity.type}`)}</span>
      </span>
      <span className={classes.cut} data-done={activity.status === 'completed' || undefined}>
        {activity.subject}
      </span>
    </span>
  );
}

export function NarrowActivity({ activity }: { activity: Activity }) {
  return (
    <span className={classes.narrow}>
      <Check activity={activity} />
      <span className={classes.cut}>
        <b data-done={activity.status === 'completed' || undefined}>{activity.subject}</b>
        <br />
        <span className={classes.soft}>
          <Due activity={activity} /> {activity.contact_name ?? activity.deal_title}
        </span>
      </span>
      <span className={classes.kind}>
        <Icon name={icons[activity.type]} size={16} />
      </span>
    </span>
  );
}
