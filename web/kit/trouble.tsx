import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';
import { problemText } from './notify.ts';

/** Where something should be and could not be loaded. */
export function Trouble({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert" style={{ display: 'flex', flex: 1 }}>
      <EmptyState icon="warning" title={t('problem.title')} text={problemText(error)}>
        <Button variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      </EmptyState>
    </div>
  );
}
