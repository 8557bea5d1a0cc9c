import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Figures } from '../../../web/kit/figures.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { ProgressBar } from '../../../web/kit/progress-bar.tsx';
import { type Import, isUndoing } from './import.ts';
import { progressOf } from './import-columns.tsx';
import classes from './imports.module.css';
import { useTrail } from './trail.ts';
import { useFigures } from './use-figures.ts';
import { useMove } from './use-import.ts';

/** An import, or its undo, that is under way. */
export default function Progress({ it }: { it: Import }) {
  const { t, i18n } = useTranslation('imports');
  const { ofOne } = useTrail();
  const stop = useMove(it.id, 'cancel');
  const figures = useFigures(it);
  const [done, total] = progressOf(it);
  const title = t(`working.${it.status}`);
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Page
      title={it.file_name}
      trail={ofOne}
      actions={
        !isUndoing(it) && (
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('stop')}
          </Button>
        )
      }
    >
      <Figures label={t('figures.label')} items={figures} />
      <div className={classes.progress}>
        <div className={classes.progressHead}>
          <h2 className={classes.progressTitle}>{title}</h2>
          <span className={classes.soft}>
            {it.status === 'queued' || it.status === 'undo_queued'
              ? ''
              : total === null
                ? t('working.counting')
                : t(isUndoing(it) ? 'working.contacts' : 'working.rows', { done: number(done), total: number(total) })}
          </span>
        </div>
        <ProgressBar label={title} done={done} total={it.status === 'queued' ? null : total} />
        <p className={classes.progressHint}>{t('working.hint')}</p>
      </div>
    </Page>
  );
}
