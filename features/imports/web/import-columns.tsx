import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from '../../../web/kit/progress-bar.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Status } from '../../../web/kit/status.tsx';
import type { Column } from '../../../web/kit/table.tsx';
import { type Import, isUndoing, isWorking, systemOf, tones, touched } from './import.ts';
import classes from './imports.module.css';

export function useImportColumns(): Column<Import>[] {
  const { t, i18n } = useTranslation('imports');
  return useMemo(() => {
    const number = (value: number) => (value === 0 ? '' : value.toLocaleString(i18n.language));
    const count = (id: 'created' | 'updated' | 'skipped' | 'failed', from: number): Column<Import> => ({
      id,
      header: t(`figures.${id}`),
      width: '92px',
      align: 'end',
      from,
      cell: (it) => number(it[`rows_${id}`]),
    });
    return [
      {
        id: 'file',
        header: t('file'),
        width: 'minmax(0, 2.4fr)',
        cell: (it) => (
          <>
            <b className={classes.strong}>{it.file_name}</b> <span className={classes.soft}>{systemOf(it)}</span>
          </>
        ),
      },
      { id: 'status', header: t('status'), width: 'minmax(120px, 1.2fr)', cell: (it) => <Standing it={it} /> },
      count('created', 640),
      count('updated', 760),
      count('skipped', 860),
      count('failed', 640),
      {
        id: 'when',
        header: t('when'),
        width: '112px',
        align: 'end',
        cell: (it) => (
          <span className={classes.soft}>
            <RelativeTime at={it.created_at} />
          </span>
        ),
      },
    ];
  }, [t, i18n.language]);
}

function Standing({ it }: { it: Import }) {
  const { t } = useTranslation('imports');
  const label = t(`statuses.${it.status}`);
  if (!isWorking(it)) return <Status tone={tones[it.status]} label={label} />;
  const [done, total] = progressOf(it);
  return <ProgressBar label={label} done={done} total={total} />;
}

/** How far it has come, and how far it has to go. */
export function progressOf(it: Import): [done: number, total: number | null] {
  return isUndoing(it) ? [it.contacts_undone + it.contacts_kept, touched(it)] : [it.rows_done, it.rows_total];
}

export function NarrowImport({ it }: { it: Import }) {
  const { t } = useTranslation('imports');
  return (
    <span className={classes.narrow}>
      <span className={classes.cut}>
        <b className={classes.strong}>{it.file_name}</b>
        <br />
        <span className={classes.soft}>
          {t('figures.created')}: {it.rows_created}
          {it.rows_failed > 0 && ` · ${t('figures.failed')}: ${it.rows_failed}`}
        </span>
      </span>
      <span className={classes.narrowStatus}>
        <Status tone={tones[it.status]} label={t(`statuses.${it.status}`)} />
      </span>
    </span>
  );
}
