import { Button, SegmentedControl } from '@mantine/core';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../../web/api/client.ts';
import { useList } from '../../../../web/api/list.ts';
import { EmptyState } from '../../../../web/kit/empty-state.tsx';
import { Page } from '../../../../web/kit/page.tsx';
import { Lines } from '../../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../../web/page-search.ts';
import { DuplicateGroup } from './duplicate-group.tsx';
import classes from './duplicates.module.css';
import { MergedPanel } from './merged-panel.tsx';

export type Group = Item<'/api/contacts/duplicates'>;
export type Reason = Group['reason'];

const reasons = ['email', 'phone', 'name'] as const;
const PAGE = 50;
/** Groups to show before more are looked for by hand only. */
const ENOUGH = 20;

export default function DuplicatesPage() {
  const { t } = useTranslation(['contacts', 'app']);
  const [{ by: asked, merged }, setSearch] = usePageSearch();
  const by = reasons.find((reason) => reason === asked) ?? 'email';
  const { items, more, query } = useList(['contacts', 'duplicates', by], (cursor) =>
    answer(
      api.GET('/api/contacts/duplicates', { params: { query: { by, limit: PAGE, ...(cursor ? { cursor } : {}) } } }),
    ),
  );
  const count = items?.length ?? 0;
  const { hasNextPage, isFetching, isPlaceholderData } = query;
  // A page looks through a bounded number of contacts, and may find none among them.
  useEffect(() => {
    if (count < ENOUGH && hasNextPage && !isFetching) more();
  }, [count, hasNextPage, isFetching, more]);
  const onClose = useCallback(() => setSearch({ merged: undefined }), [setSearch]);
  const isLooking = !items || isPlaceholderData || (count === 0 && (hasNextPage || isFetching));
  return (
    <Page
      title={t('duplicates.title')}
      trail={[{ label: t('title'), to: '/contacts' }]}
      count={isLooking || hasNextPage || count === 0 ? undefined : String(count)}
      toolbar={
        <SegmentedControl
          size="xs"
          aria-label={t('duplicates.by')}
          value={by}
          onChange={(next) => setSearch({ by: next === 'email' ? undefined : next, merged: undefined })}
          data={reasons.map((value) => ({ value, label: t(`duplicates.reasons.${value}`) }))}
        />
      }
      side={merged && <MergedPanel key={merged} id={merged} onClose={onClose} />}
    >
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : isLooking ? (
        <div className={classes.waiting} role="status" aria-label={t('loading', { ns: 'app' })}>
          <Lines count={10} />
        </div>
      ) : count === 0 ? (
        <EmptyState icon="check" title={t('duplicates.noneTitle')} text={t(`duplicates.none.${by}`)} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <div className={classes.scroller} tabIndex={0}>
          {items.map((group) => (
            <DuplicateGroup key={group.contacts[0]?.id} group={group} />
          ))}
          {hasNextPage && (
            <div className={classes.more}>
              <Button variant="default" loading={query.isFetchingNextPage} onClick={more}>
                {t('duplicates.more')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Page>
  );
}
