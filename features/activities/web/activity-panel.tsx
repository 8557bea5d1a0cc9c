import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { wall } from '../../../web/clock.ts';
import type { Place } from '../../../web/features.ts';
import { Facts } from '../../../web/kit/facts.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { contactPlace } from '../../contacts/web/place.ts';
import { dealPlace } from '../../deals/web/place.ts';
import classes from './activities.module.css';
import { type Activity, icons, isOpen } from './activity.ts';
import { Due } from './due.tsx';
import { useActivity, useCompletion, useDeletion } from './use-activities.ts';

const ActivityForm = lazy(async () => ({ default: (await import('./activity-form.tsx')).ActivityForm }));

export function ActivityPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('activities');
  const { data, error, refetch } = useActivity(id);
  return (
    <SidePanel label={data?.subject ?? t('panel')} onClose={onClose}>
      {data ? (
        <Details activity={data} onClose={onClose} />
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={7} />
      )}
    </SidePanel>
  );
}

function Details({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const { t } = useTranslation('activities');
  const [isEditing, setEditing] = useState(false);
  const complete = useCompletion();
  const remove = useDeletion(onClose);
  const open = isOpen(activity);
  useKeys([
    { press: 'c', label: t('keys.complete'), run: () => complete(activity, open) },
    { press: 'e', label: t('keys.edit'), run: () => setEditing(true) },
  ]);
  return (
    <>
      <p className={classes.panelKind}>
        <Icon name={icons[activity.type]} size={16} />
        {t(`types.${activity.type}`)}
      </p>
      <h2 className={classes.heading}>{activity.subject}</h2>
      <div className={classes.panelActions}>
        <Button
          variant={open ? 'filled' : 'default'}
          size="xs"
          leftSection={<Icon name="check" size={15} />}
          onClick={() => complete(activity, open)}
        >
          {t(open ? 'complete' : 'reopen')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="edit" size={15} />}
          onClick={() => setEditing(true)}
        >
          {t('edit')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<Icon name="trash" size={15} />}
          loading={remove.isPending}
          onClick={() => remove.mutate(activity)}
        >
          {t('delete')}
        </Button>
      </div>
      <ActivityFacts activity={activity} />
      {isEditing && <ActivityForm activity={activity} onClose={() => setEditing(false)} />}
    </>
  );
}

function ActivityFacts({ activity }: { activity: Activity }) {
  const { t, i18n } = useTranslation('activities');
  const { nameOf } = usePeople();
  const moment = (at: string | null) =>
    at && wall(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const facts: [string, ReactNode][] = [
    ['status', t(`statuses.${activity.status}`)],
    ['due_date', activity.due_date && <Due key="due" activity={activity} />],
    ['completed_at', moment(activity.completed_at)],
    ['duration_minutes', activity.duration_minutes && t('minutes', { count: activity.duration_minutes })],
    ['reminder_at', moment(activity.reminder_at)],
    ['contact_id', activity.contact_id && record(activity.contact_name, contactPlace(activity.contact_id))],
    ['deal_id', activity.deal_id && record(activity.deal_title, dealPlace(activity.deal_id))],
    ['owner_id', nameOf(activity.owner_id)],
    ['priority', activity.priority > 0 && t(`priorities.${activity.priority}`)],
    ['location', activity.location],
    ['outcome', activity.outcome],
    ['description', activity.description],
  ];
  return <Facts items={facts.map(([field, value]) => [t(`fields.${field}`), value])} />;
}

const record = (name: string | null, { to, search }: Place) =>
  name && (
    <Link key={to} to={to} search={(search ?? {}) as never}>
      {name}
    </Link>
  );
