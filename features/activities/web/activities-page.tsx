import { ActionIcon, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { instant } from '../../../web/clock.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { SearchBox } from '../../../web/kit/search-box.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { Tabs } from '../../../web/kit/tabs.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { usePageSearch } from '../../../web/page-search.ts';
import { trashPlace } from '../../trash/web/place.ts';
import { NarrowActivity, useActivityColumns } from './activity-columns.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { useScopeFilter } from './scope.ts';
import { ScopeBar } from './scope-bar.tsx';
import type { Query } from './use-activities.ts';

const ActivityForm = lazy(async () => ({ default: (await import('./activity-form.tsx')).ActivityForm }));
const PAGE = 100;
const trash = trashPlace('activities');

/** What each tab shows, and in which order unless told. */
const tabs = {
  todo: { filter: { open: true }, sort: 'due_date' },
  overdue: { filter: { overdue: true }, sort: 'due_date' },
  done: { filter: { status: 'completed' }, sort: '-completed_at' },
  all: { filter: {}, sort: '-created_at' },
} satisfies Record<string, { filter: Query; sort: string }>;
type Tab = keyof typeof tabs;

export default function ActivitiesPage() {
  const { t, i18n } = useTranslation(['activities', 'trash']);
  const [search, setSearch] = usePageSearch();
  const { q = '', whose, type, open, done_on: doneOn } = search;
  const tab = search.tab && search.tab in tabs ? (search.tab as Tab) : 'todo';
  const sort = search.sort ?? tabs[tab].sort;
  const [isCreating, setCreating] = useState(false);
  const scope = useScopeFilter(whose, type);
  const day = doneOn && tab === 'done' ? dayRange(doneOn) : {};
  const filter: Query = { ...scope, ...tabs[tab].filter, ...day, ...(q ? { search: q } : {}) };
  const { items, total, more, query } = useList(['activities', 'list', filter, sort], (cursor) => {
    const place = cursor ? { cursor } : { include_total: true };
    return answer(api.GET('/api/activities', { params: { query: { ...filter, sort, limit: PAGE, ...place } } }));
  });
  const columns = useActivityColumns();
  useKeys([{ press: 'n', label: t('new'), run: () => setCreating(true) }]);
  const onSearch = useCallback((text: string) => setSearch({ q: text || undefined }), [setSearch]);
  const onClose = useCallback(() => setSearch({ open: undefined }), [setSearch]);
  const isNarrowed = q !== '' || type !== undefined || doneOn !== undefined;
  return (
    <Page
      title={t('title')}
      count={total?.toLocaleString(i18n.language)}
      toolbar={<ScopeBar view="list" />}
      actions={
        <Button leftSection={<Icon name="add" size={16} />} onClick={() => setCreating(true)}>
          {t('new')}
        </Button>
      }
      side={open && <ActivityPanel key={open} id={open} onClose={onClose} />}
    >
      <Tabs
        label={t('tabs.label')}
        tabs={Object.keys(tabs).map((id) => ({ id, label: t(`tabs.${id}`) }))}
        chosen={tab}
        onChoose={(next) =>
          setSearch({ tab: next === 'todo' ? undefined : next, sort: undefined, done_on: undefined }, true)
        }
      >
        <ActionIcon
          variant="default"
          size={36}
          ml="auto"
          aria-label={t('trash:open.activities')}
          title={t('trash:open.activities')}
          renderRoot={(props) => <Link to={trash.to} search={trash.search as never} {...props} />}
        >
          <Icon name="trash" size={16} />
        </ActionIcon>
        <SearchBox label={t('search')} value={q} onChange={onSearch} />
      </Tabs>
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 && !query.isPlaceholderData ? (
        <EmptyState
          icon={isNarrowed ? 'search' : 'done'}
          title={t(isNarrowed ? 'noneTitle' : `empty.${tab}Title`)}
          text={t(isNarrowed ? 'noneText' : `empty.${tab}Text`)}
        >
          {isNarrowed ? (
            <Button variant="default" onClick={() => setSearch({ q: undefined, type: undefined, done_on: undefined })}>
              {t('showAll')}
            </Button>
          ) : (
            <Button onClick={() => setCreating(true)}>{t('new')}</Button>
          )}
        </EmptyState>
      ) : (
        <Table
          label={t('title')}
          columns={columns}
          narrow={(activity) => <NarrowActivity activity={activity} />}
          rows={items}
          rowId={(activity) => activity.id}
          total={total}
          listKey={JSON.stringify([filter, sort])}
          sort={sort}
          onSort={(next) => setSearch({ sort: next === tabs[tab].sort ? undefined : next })}
          openId={open}
          onOpen={(activity) => setSearch({ open: activity.id }, !open)}
          onEnd={more}
        />
      )}
      {isCreating && <ActivityForm onClose={() => setCreating(false)} />}
    </Page>
  );
}

function dayRange(day: string): Query {
  const from = new Date(`${day}T00:00`);
  if (Number.isNaN(from.getTime())) return {};
  const to = new Date(from.getFullYear(), from.getMonth(), from.getDate() + 1, 0, 0, 0, -1);
  return { completed_from: instant(from), completed_to: instant(to) };
}
