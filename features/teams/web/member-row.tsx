import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { RowItem } from '../../../web/kit/rows.tsx';
import { nameOf } from '../../users/web/people.ts';
import classes from './teams.module.css';

type Member = Answer<'/api/teams/{team_id}', 'get'>['members'][number];

export function MemberRow({ teamId, member, isAdmin }: { teamId: string; member: Member; isAdmin: boolean }) {
  const { t } = useTranslation('teams');
  const params = { path: { team_id: teamId, user_id: member.user_id } };
  const tables = ['teams', 'users'];
  const name = nameOf(member);
  const lead = useChange(
    (is_lead: boolean) => answer(api.PUT('/api/teams/{team_id}/members/{user_id}', { params, body: { is_lead } })),
    { tables, loud: true },
  );
  const remove = useChange(() => answer(api.DELETE('/api/teams/{team_id}/members/{user_id}', { params })), {
    tables,
    loud: true,
  });
  const role = t(`user.roles.${member.user_role}`, { ns: 'app' });
  return (
    <RowItem
      title={
        <span className={classes.member}>
          <Avatar name={name} />
          {name}
        </span>
      }
      detail={member.is_lead ? `${role} · ${t('leads')}` : role}
      actions={
        isAdmin && (
          <>
            <Button
              size="xs"
              variant="default"
              loading={lead.isPending}
              aria-label={t(member.is_lead ? 'unleadThis' : 'leadThis', { name })}
              onClick={() => lead.mutate(!member.is_lead)}
            >
              {t(member.is_lead ? 'unlead' : 'lead')}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              loading={remove.isPending}
              aria-label={t('removeThis', { name })}
              onClick={() => remove.mutate(undefined)}
            >
              {t('remove')}
            </Button>
          </>
        )
      }
    />
  );
}
