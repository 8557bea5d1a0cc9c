import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { ListPane } from '../../../web/kit/list-pane.tsx';
import { MoreButton } from '../../../web/kit/more-button.tsx';
import { Rows } from '../../../web/kit/rows.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { InvitationRow } from './invitation-row.tsx';

export type Invitation = Item<'/api/invitations'>;

/** Who was invited, newest first: those who have not answered can be asked again. */
export function InvitationList({ onInvite }: { onInvite: () => void }) {
  const { t } = useTranslation('invitations');
  const { items, more, query } = useList(['invitations', 'list'], (cursor) =>
    answer(api.GET('/api/invitations', { params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } } })),
  );
  if (!items && query.isError) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  if (items?.length === 0) {
    return (
      <EmptyState icon="mail" title={t('list.emptyTitle')} text={t('list.emptyText')}>
        <Button onClick={onInvite}>{t('list.invite')}</Button>
      </EmptyState>
    );
  }
  return (
    <ListPane isLoading={!items}>
      <Rows label={t('list.title')}>
        {items?.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </Rows>
      <MoreButton query={query} onMore={more} />
    </ListPane>
  );
}
