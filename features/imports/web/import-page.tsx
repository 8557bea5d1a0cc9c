import { useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { isWorking } from './import.ts';
import classes from './imports.module.css';
import { useTrail } from './trail.ts';
import { useImport } from './use-import.ts';

const Wizard = lazy(() => import('./wizard.tsx'));
const Progress = lazy(() => import('./progress.tsx'));
const Result = lazy(() => import('./result.tsx'));

/** One import, wherever it stands: its address is the same from the upload to the undo. */
export default function ImportPage() {
  const { import_id = '' } = useParams({ strict: false }) as { import_id?: string };
  const { data: it, error, refetch } = useImport(import_id);
  const waiting = <Waiting />;
  if (!it) {
    if (!error) return waiting;
    return <Waiting error={error} retry={() => void refetch()} />;
  }
  return (
    <Suspense fallback={waiting}>
      {it.status === 'ready' ? <Wizard it={it} /> : isWorking(it) ? <Progress it={it} /> : <Result it={it} />}
    </Suspense>
  );
}

function Waiting({ error, retry }: { error?: unknown; retry?: () => void }) {
  const { t } = useTranslation(['imports', 'app']);
  const { ofOne } = useTrail();
  return (
    <Page title={t('one')} trail={ofOne}>
      {error && retry ? (
        <Trouble error={error} retry={retry} />
      ) : (
        <div className={classes.waiting} role="status" aria-label={t('loading', { ns: 'app' })}>
          <Lines count={9} />
        </div>
      )}
    </Page>
  );
}
