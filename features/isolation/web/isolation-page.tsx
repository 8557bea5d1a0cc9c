import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Card, Cards } from '../../../web/kit/card.tsx';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Attacks } from './attacks.tsx';
import { Downloads } from './downloads.tsx';
import classes from './isolation.module.css';
import { LastRun, Running } from './last-run.tsx';
import { Report } from './report.tsx';
import { Schedule } from './schedule.tsx';
import { Trend } from './trend.tsx';
import { isUnderWay } from './under-way.ts';

export type Isolation = Answer<'/api/platform/isolation', 'get'>;
export type AuditRun = Isolation['runs'][number];

const KEY = ['platform', 'isolation'];
const LOOK_AGAIN_MS = 1_000;

/** What the auditor last said of all companies' isolation, and what to do about it. */
export default function IsolationPage() {
  const { t } = useTranslation('isolation');
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: () => answer(api.GET('/api/platform/isolation')),
    refetchInterval: ({ state }) =>
      [...(state.data?.runs ?? []), ...(state.data?.probes ?? [])].some(isUnderWay) ? LOOK_AGAIN_MS : false,
  });
  const ask = useMutation({
    mutationFn: () => answer(api.POST('/api/platform/isolation/runs')),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const running = data?.runs.find(isUnderWay);
  const last = data?.runs.find(({ has_report }) => has_report);
  const run = (
    <Button onClick={() => ask.mutate()} loading={ask.isPending} disabled={running !== undefined}>
      {t('runNow')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {last && <Downloads of="audit" />}
          {run}
        </>
      }
    >
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Lines count={8} />
      ) : (
        <Cards>
          {running && <Running run={running} />}
          {data.runs.length === 0 && (
            <Card title={t('last')} isWide>
              <EmptyState icon="shield" title={t('emptyTitle')} text={t('emptyText')} />
            </Card>
          )}
          <LastRun run={last} failed={data.runs[0]?.status === 'failed' ? data.runs[0] : undefined} />
          <Card title={t('trend')} aside={t('runs', { count: data.runs.length })}>
            <Trend runs={data.runs} />
          </Card>
          <Card title={t('schedule.title')}>
            <Schedule of="audit" schedule={data.schedule} />
            <Schedule of="probe" schedule={data.probe_schedule} />
            <p className={classes.soft}>
              {t('signedBy')} <code className={classes.key}>{data.fingerprint}</code>
            </p>
          </Card>
          <Attacks probes={data.probes} />
          {last && <Report runId={last.id} />}
        </Cards>
      )}
    </Page>
  );
}
