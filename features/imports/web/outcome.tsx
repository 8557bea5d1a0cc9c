import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { saidByServer } from '../../../web/said-by-server.ts';
import { type Import, systemOf, tones } from './import.ts';
import classes from './imports.module.css';
import { useMove } from './use-import.ts';

/** One line: how the import ended, when, and why where it failed. */
export function Outcome({ it }: { it: Import }) {
  const { t } = useTranslation('imports');
  const again = useMove(it.id, 'start');
  return (
    <div className={classes.outcome} role="status">
      <Status tone={tones[it.status]} label={t(`statuses.${it.status}`)} />
      <span className={classes.soft}>
        <RelativeTime at={it.finished_at ?? it.updated_at} />
      </span>
      {systemOf(it) && <span className={classes.soft}>{t('columns.system', { system: systemOf(it) })}</span>}
      <span className={classes.soft}>{t(`result.${it.mode}`)}</span>
      {it.status === 'failed' && (
        <>
          <span className={classes.failure}>{saidByServer(it.failure_message ?? '')}</span>
          <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t('result.again')}
          </Button>
        </>
      )}
    </div>
  );
}
