import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { Rows } from '../../../web/kit/rows.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { useIsAdmin } from '../../users/web/people.ts';
import { PersonSelect } from '../../users/web/person-select.tsx';
import { MemberRow } from './member-row.tsx';
import classes from './teams.module.css';

const TeamDialog = lazy(() => import('./team-dialog.tsx'));
type TeamWithMembers = Answer<'/api/teams/{team_id}', 'get'>;

export function TeamPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('teams');
  const { data, error, refetch } = useQuery({
    queryKey: ['teams', 'one', id],
    queryFn: () => answer(api.GET('/api/teams/{team_id}', { params: { path: { team_id: id } } })),
  });
  return (
    <SidePanel label={data ? data.name : t('panel')} onClose={onClose}>
      {data ? (
        <Details team={data} onGone={onClose} />
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={8} />
      )}
    </SidePanel>
  );
}

function Details({ team, onGone }: { team: TeamWithMembers; onGone: () => void }) {
  const { t } = useTranslation('teams');
  const [task, setTask] = useState<'edit' | 'delete'>();
  const isAdmin = useIsAdmin();
  const close = () => setTask(undefined);
  const path = { team_id: team.id };
  const tables = ['teams', 'users'];
  const add = useChange(
    (user_id: string) =>
      answer(api.PUT('/api/teams/{team_id}/members/{user_id}', { params: { path: { ...path, user_id } }, body: {} })),
    { tables, loud: true },
  );
  const remove = useChange(() => answer(api.DELETE('/api/teams/{team_id}', { params: { path } })), {
    tables,
    done: t('deleted', { name: team.name }),
    onDone: onGone,
  });
  return (
    <>
      <h2 className={classes.heading}>{team.name}</h2>
      <p className={classes.about}>{team.description || t('members', { count: team.members.length })}</p>
      {isAdmin && (
        <div className={classes.actions}>
          <Button size="xs" variant="default" onClick={() => setTask('edit')}>
            {t('edit')}
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={() => setTask('delete')}>
            {t('delete')}
          </Button>
        </div>
      )}
      {team.members.length === 0 ? (
        <p className={classes.none}>{t('nobody')}</p>
      ) : (
        <Rows label={t('columns.members')}>
          {team.members.map((member) => (
            <MemberRow key={member.user_id} teamId={team.id} member={member} isAdmin={isAdmin} />
          ))}
        </Rows>
      )}
      {isAdmin && (
        <PersonSelect
          className={classes.add ?? ''}
          label={t('add')}
          placeholder={t('addHint')}
          value={null}
          without={team.members.map(({ user_id }) => user_id)}
          disabled={add.isPending}
          onChange={(id) => id && add.mutate(id)}
        />
      )}
      {task === 'edit' && <TeamDialog team={team} onClose={close} />}
      {task === 'delete' && (
        <Confirm
          title={t('deleteTitle', { name: team.name })}
          text={t('deleteText')}
          action={t('deleteSubmit')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={close}
        />
      )}
    </>
  );
}
