import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../kit/empty-state.tsx';
import { Trouble } from '../kit/trouble.tsx';

export function Lost() {
  const { t } = useTranslation();
  return (
    <main style={{ display: 'flex', height: '100%' }}>
      <EmptyState icon="link" title={t('problem.lostTitle')} text={t('problem.lost')}>
        <Button component="a" href="/" variant="default">
          {t('problem.home')}
        </Button>
      </EmptyState>
    </main>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <div style={{ display: 'flex', height: '100%' }}>
      <Trouble error={error} retry={reset} />
    </div>
  );
}
