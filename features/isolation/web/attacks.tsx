import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Card } from '../../../web/kit/card.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { ProgressBar } from '../../../web/kit/progress-bar.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Downloads } from './downloads.tsx';
import classes from './isolation.module.css';
import type { Isolation } from './isolation-page.tsx';
import { Matrix } from './matrix.tsx';
import { isUnderWay } from './under-way.ts';

export type Coverage = Answer<'/api/platform/isolation/coverage', 'get'>;
export type ProbeRun = Isolation['probes'][number];

/** What came of the last attack on this installation, and how far the one is that runs now. */
export function Attacks({ probes }: { probes: ProbeRun[] }) {
  const { t } = useTranslation('isolation');
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => answer(api.POST('/api/platform/isolation/probes')),
    onSettled: () => client.invalidateQueries({ queryKey: ['platform', 'isolation'] }),
  });
  const running = probes.find(isUnderWay);
  const last = probes.find(({ has_report }) => has_report);
  const [newest] = probes;
  return (
    <Card
      title={t('probe.title')}
      aside={
        <div className={classes.actions}>
          {last?.finished_at && <RelativeTime at={last.finished_at} />}
          {last && <Downloads of="probe" />}
          <Button
            size="xs"
            variant={last ? 'default' : 'filled'}
            onClick={() => ask.mutate()}
            loading={ask.isPending}
            disabled={running !== undefined}
          >
            {t('probe.runNow')}
          </Button>
        </div>
      }
      isWide
    >
      {running && (
        <div className={classes.under}>
          <p className={classes.soft}>
            {running.status === 'waiting'
              ? t('waiting')
              : t('probe.progress', { done: running.done, count: running.total, endpoint: running.endpoint ?? '' })}
          </p>
          <ProgressBar label={t('probe.running')} done={running.done} total={running.total || null} />
        </div>
      )}
      {newest?.status === 'failed' && (
        <Alert color="red" variant="light" icon={<Icon name="warning" />} title={t('probe.failed')}>
          {newest.error}
        </Alert>
      )}
      {last?.stopped && (
        <Alert color="yellow" variant="light" icon={<Icon name="warning" />} title={t('probe.stopped')}>
          {last.stopped}
        </Alert>
      )}
      {last ? <Last run={last} /> : <p className={classes.soft}>{t('probe.none')}</p>}
    </Card>
  );
}

function Last({ run }: { run: ProbeRun }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['platform', 'isolation', 'coverage', run.id],
    queryFn: () => answer(api.GET('/api/platform/isolation/coverage')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Lines count={8} />;
  return <Matrix coverage={data} counts={{ l: run.leaked, u: run.not_reached, h: run.held, n: run.not_applicable }} />;
}
