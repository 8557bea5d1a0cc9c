import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { RowItem } from '../../../web/kit/rows.tsx';
import { Status, type Tone } from '../../../web/kit/status.tsx';
import { saidByServer } from '../../../web/said-by-server.ts';
import type { Job } from './jobs-page.tsx';

const tones: Record<Job['status'], Tone> = { failed: 'bad', running: 'active', waiting: 'calm', scheduled: 'idle' };

export function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const { status, attempts, max_attempts, last_error, run_at, created_at } = job;
  const name = t(`names.${job.name.replace('.', '_')}`, job.name);
  const params = { path: { job_id: job.id } };
  const retry = useChange(() => answer(api.POST('/api/jobs/{job_id}/retry', { params })), {
    tables: ['jobs'],
    done: t('retried', { name }),
    loud: true,
  });
  const cancel = useChange(() => answer(api.DELETE('/api/jobs/{job_id}', { params })), {
    tables: ['jobs'],
    done: t('cancelled', { name }),
    loud: true,
  });
  return (
    <RowItem
      title={name}
      detail={
        <>
          {status === 'scheduled' ? (
            <>
              {t('due')} <RelativeTime at={run_at} />
            </>
          ) : (
            <>
              {t('since')} <RelativeTime at={created_at} />
            </>
          )}
          {attempts > 0 && <> · {t('attempts', { count: attempts, max: max_attempts })}</>}
          {last_error && <JobError text={last_error} />}
        </>
      }
      actions={
        <>
          <Status tone={tones[status]} label={t(`statuses.${status}`)} />
          {status === 'failed' && (
            <Button
              variant="default"
              size="xs"
              loading={retry.isPending}
              aria-label={t('retryThis', { name })}
              onClick={() => retry.mutate(undefined)}
            >
              {t('retry', { ns: 'app' })}
            </Button>
          )}
          {status !== 'running' && (
            <Button
              variant="subtle"
              size="xs"
              loading={cancel.isPending}
              aria-label={t('cancelThis', { name })}
              onClick={() => cancel.mutate(undefined)}
            >
              {t('cancel')}
            </Button>
          )}
        </>
      }
    />
  );
}

/** In the reader's language where it is a sentence of ours; otherwise in the words of the program that failed, as what they are. */
function JobError({ text }: { text: string }) {
  const { t } = useTranslation('jobs');
  const told = saidByServer(text);
  const isOurs = told !== text;
  return (
    <div style={{ marginTop: 2, color: 'var(--alarm)', overflowWrap: 'anywhere' }}>
      {isOurs ? (
        told
      ) : (
        <>
          {t('reported')} <code lang="en">{text}</code>
        </>
      )}
    </div>
  );
}
