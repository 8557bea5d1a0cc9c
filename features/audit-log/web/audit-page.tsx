import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { NarrowEntry, useAuditColumns } from './audit-columns.tsx';
import { AuditFilters, type Filters, filterNames } from './audit-filters.tsx';
import { edge } from './entry.ts';
import { EntryPanel } from './entry-panel.tsx';

const NEWEST = '-created_at';

function useEntries({ person, type, action, record, from, to }: Filters, sort: string) {
  return useList(['audit_logs', { person, type, action, record, from, to, sort }], (cursor) => {
    const wanted = {
      user_id: person,
      resource_type: type,
      resource_id: record,
      action,
      from: edge(from),
      to: edge(to, true),
      cursor,
    };
    const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    const query = { limit: 100, sort: sort as typeof NEWEST, ...filter };
    return answer(api.GET('/api/audit-logs', { params: { query } }));
  });
}

export default function AuditPage() {
  const { t } = useTranslation('audit-log');
  const [search, setSearch] = usePageSearch();
  const { open, sort = NEWEST } = search;
  const filters: Filters = search;
  const columns = useAuditColumns();
  const { items, more, query } = useEntries(filters, sort);
  const onClose = useCallback(() => setSearch({ open: undefined }), [setSearch]);
  const opened = items?.find(({ id }) => id === open);
  const isFiltered = filterNames.some((name) => filters[name]);
  const showAll = () => setSearch(Object.fromEntries(filterNames.map((name) => [name, undefined])));
  return (
    <Page title={t('title')} side={opened && <EntryPanel key={opened.id} entry={opened} onClose={onClose} />}>
      <AuditFilters filters={filters} onChange={setSearch} />
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 && !query.isPlaceholderData ? (
        <EmptyState
          icon={isFiltered ? 'search' : 'history'}
          title={t(isFiltered ? 'noneTitle' : 'emptyTitle')}
          text={t(isFiltered ? 'noneText' : 'emptyText')}
        >
          {isFiltered && (
            <Button variant="default" onClick={showAll}>
              {t('showAll')}
            </Button>
          )}
        </EmptyState>
      ) : (
        <Table
          label={t('title')}
          columns={columns}
          narrow={(entry) => <NarrowEntry entry={entry} />}
          rows={items}
          rowId={(entry) => entry.id}
          listKey={[...filterNames.map((name) => filters[name]), sort].join()}
          sort={sort}
          onSort={(next) => setSearch({ sort: next === NEWEST ? undefined : next })}
          openId={open}
          onOpen={(entry) => setSearch({ open: entry.id }, !open)}
          onEnd={more}
        />
      )}
    </Page>
  );
}
