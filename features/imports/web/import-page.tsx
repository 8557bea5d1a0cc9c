import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { isWorking } from './import.ts';
import classes from './imports.module.css';
import { useTrail } from './trail.ts';
import { useImport } from './use-import.ts';

const Wizard = lazy(() => import('./wizard.tsx'), Waiting);
const Progress = lazy(() => import('./progress.tsx'), Waiting);
const Result = lazy(() => import('./result.tsx'), Waiting);

/** One import, wherever it stands: its address is the same from the upload to the undo. */
export default function ImportPage() {
  const { import_id = '' } = useParams({ strict: false }) as { import_id?: string };
  const { data: it, error, refetch } = useImport(import_id);
  if (!it) {
    if (!error) return <Waiting />;
    return <Waiting error={error} retry={() => void refetch()} />;
  }
  if (it.status === 'ready') return <Wizard it={it} />;
  return isWorking(it) ? <Progress it={it} /> : <Result it={it} />;
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
