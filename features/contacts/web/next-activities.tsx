import { Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
import classes from './contact-page.module.css';

type Activity = Item<'/api/activities'>;

const due = (contact: string, status: 'overdue' | 'pending') =>
  answer(
    api.GET('/api/activities', { params: { query: { contact_id: contact, status, sort: 'due_date', limit: 50 } } }),
  );

/** What is still to be done with them; done with one press. */
export function NextActivities({ id }: { id: string }) {
  const { t } = useTranslation('contacts');
  const people = usePeople();
  const client = useQueryClient();
  const key = ['activities', 'open of contact', id];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async () => {
      const [late, next] = await Promise.all([due(id, 'overdue'), due(id, 'pending')]);
      const all = [...late.items, ...next.items];
      return all.filter((activity, index) => all.findIndex((other) => other.id === activity.id) === index);
    },
  });
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['activities'] }),
      client.invalidateQueries({ queryKey: ['contacts', 'timeline', id] }),
    ]);
  const complete = useMutation({
    mutationFn: ({ id: activity_id }: Activity) =>
      answer(api.PATCH('/api/activities/{activity_id}/complete', { params: { path: { activity_id } }, body: {} })),
    onMutate: (done) => client.setQueryData<Activity[]>(key, (old) => old?.filter((each) => each.id !== done.id)),
    onSuccess: (_, done) =>
      offerUndo(t('activities.completed', { subject: done.subject }), async () => {
        const params = { path: { activity_id: done.id } };
        await answer(api.PATCH('/api/activities/{activity_id}', { params, body: { status: 'pending' } }));
        await refresh();
      }),
    onSettled: refresh,
  });
  return (
    <section className={classes.block} aria-label={t('activities.next')}>
      <h2 className={classes.blockTitle}>{t('activities.next')}</h2>
      {error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Lines count={2} />
      ) : data.length === 0 ? (
        <p className={classes.none}>{t('activities.none')}</p>
      ) : (
        <ul className={classes.list}>
          {data.map((activity) => (
            <li key={activity.id} className={classes.todo}>
              <Checkbox
                size="sm"
                checked={false}
                onChange={() => complete.mutate(activity)}
                label={activity.subject}
                aria-label={t('activities.complete', { subject: activity.subject })}
              />
              <span className={classes.todoLine}>
                {t(`activities.types.${activity.type}`)}
                {activity.due_date && (
                  <span data-late={activity.status === 'overdue' || undefined}>
                    {' · '}
                    <RelativeTime at={activity.due_date} />
                  </span>
                )}
                {' · '}
                {people.nameOf(activity.owner_id)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
