import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../web/kit/card.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { ProgressBar } from '../../../web/kit/progress-bar.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import classes from './isolation.module.css';
import type { AuditRun } from './isolation-page.tsx';
import { Ring } from './ring.tsx';

/** How far the audit is that runs now. */
export function Running({ run }: { run: AuditRun }) {
  const { t } = useTranslation('isolation');
  const text = run.status === 'waiting' ? t('waiting') : t('progress', { done: run.done, count: run.total });
  return (
    <Card title={t('running')} aside={text} isWide>
      <ProgressBar label={t('running')} done={run.done} total={run.total || null} />
      <p className={classes.soft}>{run.rule ?? ' '}</p>
    </Card>
  );
}

/** The verdict, of how many checks, and what was not among them. */
export function LastRun({ run, failed }: { run: AuditRun | undefined; failed: AuditRun | undefined }) {
  const { t } = useTranslation('isolation');
  if (!run && !failed) return null;
  return (
    <Card title={t('last')} aside={run?.finished_at && <RelativeTime at={run.finished_at} />} isWide>
      {failed && (
        <Alert color="red" variant="light" icon={<Icon name="warning" />} title={t('runFailed')}>
          {failed.error}
        </Alert>
      )}
      {run?.verdict && (
        <div className={classes.verdict} data-verdict={run.verdict}>
          <Ring percent={run.percent ?? 0} />
          <div>
            <p className={classes.said}>{t(`verdicts.${run.verdict}`)}</p>
            <p>{t(`meaning.${run.verdict}`)}</p>
            <p className={classes.soft}>
              {[
                t('passedOf', { passed: run.passed, count: run.checks ?? 0 }),
                run.failed ? t('failedCount', { count: run.failed }) : '',
                run.waived ? t('waivedCount', { count: run.waived }) : '',
                run.not_checked ? t('notCheckedCount', { count: run.not_checked }) : '',
                run.requested_by_email ?? t('byNight'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
        </div>
      )}
    </Card>
  );
}
