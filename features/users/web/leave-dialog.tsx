import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import classes from './people.module.css';
import { type Colleague, nameOf } from './people.ts';
import { PersonSelect } from './person-select.tsx';

export type Leaving = 'handOver' | 'deactivate' | 'delete';

interface Props {
  person: Colleague;
  leaving: Leaving;
  onGone: () => void;
  onClose: () => void;
}

export default function LeaveDialog({ person, leaving, onGone, onClose }: Props) {
  const { t } = useTranslation('users');
  const name = nameOf(person);
  const isNeeded = leaving !== 'deactivate';
  const form = useForm({
    initialValues: { to: null as string | null },
    validate: { to: (value) => (value || !isNeeded ? null : t('people.leave.chooseHeir')) },
  });
  const leave = useChange(async ({ to }: typeof form.values) => leaveFor(person.id, leaving, to), {
    tables: ['users', 'teams', 'contacts', 'deals', 'activities'],
    done: (moved) => `${t(`people.leave.${leaving}.done`, { name })} ${t('people.leave.moved', { count: moved })}`,
    onDone: () => {
      onClose();
      if (leaving === 'delete') onGone();
    },
  });
  return (
    <Dialog title={t(`people.leave.${leaving}.title`, { name })} onClose={onClose}>
      <Form error={leave.error} onSubmit={form.onSubmit((values) => leave.mutate(values))}>
        <p className={classes.said}>{t(`people.leave.${leaving}.text`, { name })}</p>
        <PersonSelect
          {...form.getInputProps('to')}
          label={t('people.leave.heir')}
          placeholder={t(isNeeded ? 'people.leave.chooseHeir' : 'people.leave.noHeir')}
          except={person.id}
          clearable={!isNeeded}
          clearButtonProps={{ 'aria-label': t('clear', { ns: 'app' }) }}
          openOnFocus={false}
          data-autofocus
        />
        <Submit label={t(`people.leave.${leaving}.submit`)} busy={leave.isPending} isRisky={leaving === 'delete'}>
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'app' })}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}

/** The number of records that changed hands. */
async function leaveFor(user_id: string, leaving: Leaving, to: string | null): Promise<number> {
  const path = { user_id };
  if (leaving === 'delete') {
    const query = to ? { reassign_to: to } : {};
    return sum((await answer(api.DELETE('/api/users/{user_id}', { params: { path, query } }))).reassigned);
  }
  // First what may be refused: the last admin stays, and keeps their records.
  if (leaving === 'deactivate') {
    await answer(api.PUT('/api/users/{user_id}', { params: { path }, body: { status: 'inactive' } }));
  }
  if (!to) return 0;
  return sum((await answer(api.POST('/api/users/{user_id}/hand-over', { params: { path }, body: { to } }))).reassigned);
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, count) => all + count, 0);
