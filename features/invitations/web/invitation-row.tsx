import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { RowItem } from '../../../web/kit/rows.tsx';
import { Status, type Tone } from '../../../web/kit/status.tsx';
import type { Invitation } from './invitation-list.tsx';

const tones: Record<Invitation['state'], Tone> = {
  pending: 'active',
  accepted: 'good',
  revoked: 'idle',
  expired: 'bad',
};

export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('invitations');
  const [isAsking, setAsking] = useState(false);
  const { id, email, state, user_role, sent_at, expires_at } = invitation;
  const params = { path: { invitation_id: id } };
  const resend = useChange(() => answer(api.POST('/api/invitations/{invitation_id}/resend', { params })), {
    tables: ['invitations'],
    done: t('list.resent', { email }),
    loud: true,
  });
  const revoke = useChange(() => answer(api.DELETE('/api/invitations/{invitation_id}', { params })), {
    tables: ['invitations'],
    done: t('list.revoked', { email }),
    onDone: () => setAsking(false),
  });
  const isOpen = state === 'pending' || state === 'expired';
  return (
    <>
      <RowItem
        icon="mail"
        title={email}
        detail={
          <>
            {t(`user.roles.${user_role}`, { ns: 'app' })} ·{' '}
            {sent_at ? (
              <>
                {t('list.sent')} <RelativeTime at={sent_at} />
              </>
            ) : (
              t('list.notSent')
            )}
            {state === 'pending' && (
              <>
                {' '}
                · {t('list.runsOut')} <RelativeTime at={expires_at} />
              </>
            )}
          </>
        }
        actions={
          <>
            <Status tone={tones[state]} label={t(`list.states.${state}`)} />
            {isOpen && (
              <Button
                variant="default"
                size="xs"
                loading={resend.isPending}
                aria-label={t('list.resendThis', { email })}
                onClick={() => resend.mutate(undefined)}
              >
                {t('list.resend')}
              </Button>
            )}
            {isOpen && (
              <Button
                variant="subtle"
                size="xs"
                aria-label={t('list.revokeThis', { email })}
                onClick={() => setAsking(true)}
              >
                {t('list.revoke')}
              </Button>
            )}
          </>
        }
      />
      {isAsking && (
        <Confirm
          title={t('list.revokeTitle', { email })}
          text={t('list.revokeText')}
          action={t('list.revoke')}
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
