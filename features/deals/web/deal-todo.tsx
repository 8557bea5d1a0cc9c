import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { instant } from '../../../web/clock.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
import type { Deal } from './deal.ts';
import classes from './deal-page.module.css';

export type Activity = Item<'/api/activities'>;
type Kind = Activity['type'];
const kinds: Kind[] = ['call', 'email', 'meeting', 'task', 'deadline'];

export const useActivities = (dealId: string) =>
  useQuery({
    queryKey: ['activities', 'deal', dealId],
    queryFn: () =>
      answer(api.GET('/api/activities', { params: { query: { deal_id: dealId, limit: 200, sort: 'due_date' } } })),
  });

/** What comes next with the deal: done by a tick, added by a line. */
export function DealTodo({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const { data } = useActivities(deal.id);
  const open = data?.items.filter(({ status }) => status === 'pending' || status === 'overdue');
  return (
    <section aria-labelledby="todo">
      <h2 id="todo" className={classes.title}>
        {t('todo.title')}
      </h2>
      {open?.length === 0 && <p className={classes.none}>{t('todo.none')}</p>}
      <ul className={classes.todo}>
        {open?.map((activity) => (
          <Line key={activity.id} activity={activity} />
        ))}
      </ul>
      <AddActivity deal={deal} />
    </section>
  );
}

function Line({ activity }: { activity: Activity }) {
  const { t } = useTranslation('deals');
  const client = useQueryClient();
  const params = { path: { activity_id: activity.id } };
  const refresh = () => client.invalidateQueries({ queryKey: ['activities'] });
  const complete = useMutation({
    mutationFn: () => answer(api.PATCH('/api/activities/{activity_id}/complete', { params, body: {} })),
    onSuccess: () => {
      offerUndo(t('todo.done', { subject: activity.subject }), async () => {
        await answer(api.PATCH('/api/activities/{activity_id}', { params, body: { status: 'pending' } }));
        await refresh();
      });
      return refresh();
    },
  });
  return (
    <li className={classes.todoLine}>
      <Checkbox
        label={activity.subject}
        checked={complete.isPending || complete.isSuccess}
        onChange={() => complete.mutate()}
      />
      <span className={classes.kind}>{t(`kinds.${activity.type}`)}</span>
      {activity.due_date && (
        <span className={classes.when} data-late={activity.status === 'overdue' || undefined}>
          <RelativeTime at={activity.due_date} />
        </span>
      )}
    </li>
  );
}

function AddActivity({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const client = useQueryClient();
  const form = useForm({
    initialValues: { type: 'call', subject: '', due: '' },
    validate: { subject: (value) => (value.trim() ? null : t('required')) },
  });
  const add = useMutation({
    mutationFn: ({ type, subject, due }: typeof form.values) =>
      answer(
        api.POST('/api/activities', {
          body: {
            type: type as Kind,
            subject: subject.trim(),
            due_date: due ? instant(new Date(due)) : null,
            deal_id: deal.id,
            contact_id: deal.contact_id,
          },
        }),
      ),
    onSuccess: () => {
      form.reset();
      return client.invalidateQueries({ queryKey: ['activities'] });
    },
  });
  return (
    <form className={classes.add} noValidate onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <Select
        {...form.getInputProps('type')}
        className={classes.addKind}
        aria-label={t('todo.kind')}
        data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <TextInput
        {...form.getInputProps('subject')}
        className={classes.addText}
        aria-label={t('todo.subject')}
        placeholder={t('todo.subject')}
        maxLength={255}
        autoComplete="off"
      />
      <TextInput
        {...form.getInputProps('due')}
        className={classes.addDue}
        aria-label={t('todo.due')}
        type="datetime-local"
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {t('add')}
      </Button>
    </form>
  );
}
