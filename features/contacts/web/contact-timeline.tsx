import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { Composer } from './composer.tsx';
import classes from './contact-page.module.css';
import { TimelineEntry } from './timeline-entry.tsx';

const kinds = { all: undefined, notes: 'note', activities: 'activity', deals: 'deal,stage_move', changes: 'change' };
type Kind = keyof typeof kinds;

/** What happened, newest first: notes, activities, deals, and who changed what. */
export function ContactTimeline({ id }: { id: string }) {
  const { t } = useTranslation(['contacts', 'app']);
  const [{ show = 'all' }, setSearch] = usePageSearch();
  const kind: Kind = Object.hasOwn(kinds, show) ? (show as Kind) : 'all';
  const types = kinds[kind];
  const query = useInfiniteQuery({
    queryKey: ['contacts', 'timeline', id, { types }],
    queryFn: ({ pageParam }) => {
      const asked = { limit: 50, ...(types ? { types } : {}), ...(pageParam ? { cursor: pageParam } : {}) };
      const params = { path: { contact_id: id }, query: asked };
      return answer(api.GET('/api/contacts/{contact_id}/timeline', { params }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    meta: { tables: ['notes', 'activities', 'deals'] },
  });
  const entries = query.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-label={t('timeline.title')}>
      <Composer contact={id} />
      <div className={classes.kinds}>
        <SegmentedControl
          size="xs"
          aria-label={t('timeline.show')}
          value={kind}
          onChange={(next) => setSearch({ show: next === 'all' ? undefined : next })}
          data={Object.keys(kinds).map((value) => ({ value, label: t(`timeline.kinds.${value}`) }))}
        />
      </div>
      {query.isError && !entries ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : !entries ? (
        <Lines count={10} />
      ) : entries.length === 0 ? (
        <p className={classes.none}>{t('timeline.none')}</p>
      ) : (
        <ol className={classes.entries}>
          {entries.map((entry) => (
            <TimelineEntry key={`${entry.type}-${entry.id}`} contact={id} entry={entry} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  );
}
