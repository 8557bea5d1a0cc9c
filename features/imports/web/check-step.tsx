import { useTranslation } from 'react-i18next';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import type { Import, Outcome, PreviewRow } from './import.ts';
import { ImportSettings, type SettingsChange } from './import-settings.tsx';
import classes from './imports.module.css';
import { PreviewTable } from './preview-table.tsx';
import { usePreview } from './use-import.ts';

const outcomes: Outcome[] = ['created', 'updated', 'skipped', 'failed'];

/** What to do with duplicates, and the first rows as that makes them come in. */
export function CheckStep({ it, change }: { it: Import; change: (change: SettingsChange) => void }) {
  const { t } = useTranslation(['imports', 'app']);
  const { data: rows, error, refetch } = usePreview(it);
  return (
    <div className={classes.check}>
      <ImportSettings it={it} change={change} />
      <div className={classes.preview}>
        {rows ? (
          <>
            <p className={classes.lead}>
              <b>{t('preview.of', { count: rows.length })}</b> {tally(rows, t)}
            </p>
            <PreviewTable it={it} rows={rows} />
          </>
        ) : error ? (
          <Trouble error={error} retry={() => void refetch()} />
        ) : (
          <div className={classes.waiting} role="status" aria-label={t('loading', { ns: 'app' })}>
            <Lines count={10} />
          </div>
        )}
      </div>
    </div>
  );
}

const tally = (rows: PreviewRow[], t: (key: string, values: { count: number }) => string) =>
  outcomes
    .map((outcome) => ({ outcome, count: rows.filter((row) => row.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => t(`preview.${outcome}`, { count }))
    .join(', ');
