import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Views } from '../../../web/kit/views.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { NotificationRow } from './notification-row.tsx';
import classes from './notifications.module.css';
import { useNotifications, useRead, useUnread } from './use-notifications.ts';

export default function NotificationsPage() {
  const { t } = useTranslation('notifications');
  const [{ show }, setSearch] = usePageSearch();
  const onlyUnread = show === 'unread';
  const { items, more, query } = useNotifications(onlyUnread);
  const { data: unread = 0 } = useUnread();
  const read = useRead();
  return (
    <Page
      title={t('title')}
      count={unread > 0 ? t('unreadCount', { count: unread }) : undefined}
      toolbar={
        <Views
          label={t('show')}
          views={[
            { view: 'all', label: t('all') },
            { view: 'unread', label: t('unread') },
          ]}
          view={onlyUnread ? 'unread' : 'all'}
          onChange={(view) => setSearch({ show: view === 'unread' ? view : undefined })}
        />
      }
      actions={
        <Button
          variant="default"
          disabled={unread === 0}
          loading={read.isPending}
          onClick={() => read.mutate(undefined)}
        >
          {t('readAll')}
        </Button>
      }
    >
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 ? (
        <EmptyState
          icon="bell"
          title={onlyUnread ? t('noneTitle') : t('emptyTitle')}
          text={onlyUnread ? t('noneText') : t('emptyText')}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <div className={classes.scroller} tabIndex={0}>
          {items ? (
            <ul className={classes.list} aria-label={t('title')}>
              {items.map((item) => (
                <NotificationRow key={item.id} item={item} onRead={() => read.mutate(item.id)} />
              ))}
            </ul>
          ) : (
            <div className={classes.waiting} role="status" aria-label={t('loading', { ns: 'app' })}>
              <Lines count={6} />
            </div>
          )}
          {query.hasNextPage && (
            <Button variant="subtle" className={classes.more} loading={query.isFetchingNextPage} onClick={more}>
              {t('older')}
            </Button>
          )}
        </div>
      )}
    </Page>
  );
}
