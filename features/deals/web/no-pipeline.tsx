import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { useUser } from '../../../web/session/use-session.ts';

/** What deals need first, and who can make it; `onLeave` is told when somebody goes to do so. */
export function NoPipeline({ onLeave }: { onLeave?: () => void }) {
  const { t } = useTranslation('deals');
  const navigate = useNavigate();
  const isAdmin = useUser().role === 'company_admin';
  const setUp = () => {
    onLeave?.();
    void navigate({ to: '/settings/pipelines' });
  };
  return (
    <EmptyState icon="board" title={t('emptyTitle')} text={t(isAdmin ? 'emptyAdmin' : 'emptyText')}>
      {isAdmin && <Button onClick={setUp}>{t('setUp')}</Button>}
    </EmptyState>
  );
}
