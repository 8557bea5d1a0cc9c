import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.ts';
import { EmptyState } from './empty-state.tsx';
import { InAppLink } from './in-app-link.tsx';
import { problemText } from './notify.ts';

/** Where something should be and could not be loaded. What asking again cannot help has a way on instead. */
export function Trouble({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const { pathname, searchStr } = router.latestLocation;
  // What was asked for wrongly is in the address: without it, or above it, is the list.
  const list = searchStr ? pathname : pathname.replace(/\/[^/]+\/?$/, '');
  const isFinal = error instanceof Problem && [400, 403, 404, 410].includes(error.status) && list !== '';
  const canRetry = !isFinal || error.status === 400;
  return (
    <div role="alert" style={{ display: 'flex', flex: 1 }}>
      <EmptyState icon="warning" title={t('problem.title')} text={problemText(error)}>
        {isFinal && (
          <>
            <Button renderRoot={(props) => <InAppLink {...props} href={list} />}>{t('problem.list')}</Button>
            <Button variant="default" onClick={() => router.history.back()}>
              {t('problem.back')}
            </Button>
          </>
        )}
        {canRetry && (
          <Button variant="default" onClick={retry}>
            {t('retry')}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
