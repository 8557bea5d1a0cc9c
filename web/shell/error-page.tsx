import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { unreachable } from '../api/problem.ts';
import { EmptyState } from '../kit/empty-state.tsx';
import { Trouble } from '../kit/trouble.tsx';
import { NotFetched } from '../lazy.ts';
import { useRecovery } from './recovery.ts';

export function Lost() {
  const { t } = useTranslation();
  return (
    <div style={{ display: 'flex', height: '100%' }}>
      <EmptyState isPage icon="link" title={t('problem.lostTitle')} text={t('problem.lost')}>
        <Button component="a" href="/" variant="default">
          {t('problem.home')}
        </Button>
      </EmptyState>
    </div>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  useRecovery(error, reset);
  // What did not come now is looked for in the page that the server has now.
  const retry = error instanceof NotFetched ? () => location.reload() : reset;
  return (
    <div style={{ display: 'flex', height: '100%' }}>
      <Trouble error={error instanceof NotFetched ? unreachable() : error} retry={retry} />
    </div>
  );
}
