import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { lazy } from '../../../web/lazy.ts';
import type { Leaving } from './leave-dialog.tsx';
import classes from './people.module.css';
import { type Colleague, nameOf } from './people.ts';

const LeaveDialog = lazy(() => import('./leave-dialog.tsx'));

/** Ways out of the company, and back: each says what happens to what they own. */
export function LeaveActions({ person, onGone }: { person: Colleague; onGone: () => void }) {
  const { t } = useTranslation('users');
  const [leaving, setLeaving] = useState<Leaving>();
  const params = { path: { user_id: person.id } };
  const back = useChange(() => answer(api.PUT('/api/users/{user_id}', { params, body: { status: 'active' } })), {
    tables: ['users'],
    done: t('people.leave.back', { name: nameOf(person) }),
    loud: true,
  });
  return (
    <div className={classes.leave}>
      <Button size="xs" variant="default" onClick={() => setLeaving('handOver')}>
        {t('people.leave.handOver.open')}
      </Button>
      {person.status === 'active' ? (
        <Button size="xs" variant="default" onClick={() => setLeaving('deactivate')}>
          {t('people.leave.deactivate.open')}
        </Button>
      ) : (
        <Button size="xs" loading={back.isPending} onClick={() => back.mutate(undefined)}>
          {t('people.leave.reactivate')}
        </Button>
      )}
      <Button size="xs" variant="subtle" color="red" onClick={() => setLeaving('delete')}>
        {t('people.leave.delete.open')}
      </Button>
      {leaving && (
        <LeaveDialog person={person} leaving={leaving} onGone={onGone} onClose={() => setLeaving(undefined)} />
      )}
    </div>
  );
}
