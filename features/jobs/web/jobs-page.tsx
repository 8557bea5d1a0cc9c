import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { ListPane } from '../../../web/kit/list-pane.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Rows } from '../../../web/kit/rows.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { JobRow } from './job-row.tsx';

export type Job = Item<'/api/jobs'>;

const statuses = ['failed', 'running', 'waiting', 'scheduled'] as const;
const LIMIT = 100;
// Nobody is told when a job begins or ends.
const LOOK_AGAIN_MS = 5_000;

/** What runs behind the scenes: above all what failed, and a way to try it again. */
export default function JobsPage() {
  const { t } = useTranslation('jobs');
  const [search, setSearch] = usePageSearch();
  const status = statuses.find((each) => each === search.status);
  const { data, error, refetch } = useQuery({
    queryKey: ['jobs', status],
    queryFn: () => answer(api.GET('/api/jobs', { params: { query: { limit: LIMIT, ...(status ? { status } : {}) } } })),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <Page
      title={t('title')}
      toolbar={
        <Select
          aria-label={t('status')}
          data={[
            { value: '', label: t('anyStatus') },
            ...statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ]}
          value={status ?? ''}
          onChange={(value) => setSearch({ status: value || undefined })}
          w={170}
        />
      }
    >
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : data?.items.length === 0 ? (
        <EmptyState icon="clock" title={t(status ? 'noneTitle' : 'emptyTitle')} text={t('emptyText')}>
          {status && (
            <Button variant="default" onClick={() => setSearch({ status: undefined })}>
              {t('showAll')}
            </Button>
          )}
        </EmptyState>
      ) : (
        <ListPane isLoading={!data}>
          <Rows label={t('title')}>
            {data?.items.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </Rows>
          {data?.next_cursor && <p style={{ color: 'var(--ink-soft)' }}>{t('newest', { count: LIMIT })}</p>}
        </ListPane>
      )}
    </Page>
  );
}
