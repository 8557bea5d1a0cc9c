import { Button, Select } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { SearchBox } from '../../../web/kit/search-box.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { ActingEnded } from './acting-ended.tsx';
import { type PlatformCompany, statuses } from './company.ts';
import { NarrowCompany, useCompanyColumns } from './company-columns.tsx';
import { CompanyPanel } from './company-panel.tsx';
import { PlatformFigures } from './platform-figures.tsx';

const PAGE = 100;
const noSort = () => undefined;

function useCompanies(q: string, status: string | undefined) {
  return useList(['platform', 'companies', { q, status }], (cursor) => {
    const filter = {
      ...(q ? { search: q } : {}),
      ...(status ? { status: status as PlatformCompany['status'] } : {}),
      ...(cursor ? { cursor } : {}),
    };
    return answer(api.GET('/api/platform/companies', { params: { query: { limit: PAGE, ...filter } } }));
  });
}

export default function PlatformPage() {
  const { t } = useTranslation('platform');
  const [{ q = '', status, open }, setSearch] = usePageSearch();
  const columns = useCompanyColumns();
  const { items, more, query } = useCompanies(q, status);
  const onSearch = useCallback((text: string) => setSearch({ q: text || undefined }), [setSearch]);
  const onClose = useCallback(() => setSearch({ open: undefined }), [setSearch]);
  const isFiltered = q !== '' || status !== undefined;
  const options = [
    { value: '', label: t('anyStatus') },
    ...statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
  ];
  return (
    <Page
      title={t('title')}
      toolbar={
        <>
          <SearchBox label={t('search')} value={q} onChange={onSearch} />
          <Select
            aria-label={t('columns.status')}
            data={options}
            value={status ?? ''}
            onChange={(value) => setSearch({ status: value || undefined })}
            w={148}
          />
        </>
      }
      side={open && <CompanyPanel key={open} id={open} onClose={onClose} />}
    >
      <ActingEnded />
      <PlatformFigures />
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 && !query.isPlaceholderData ? (
        <EmptyState
          icon={isFiltered ? 'search' : 'building'}
          title={t(isFiltered ? 'noneTitle' : 'emptyTitle')}
          text={t(isFiltered ? 'noneText' : 'emptyText')}
        >
          {isFiltered && (
            <Button variant="default" onClick={() => setSearch({ q: undefined, status: undefined })}>
              {t('showAll')}
            </Button>
          )}
        </EmptyState>
      ) : (
        <Table
          label={t('title')}
          columns={columns}
          narrow={(company) => <NarrowCompany company={company} />}
          rows={items}
          rowId={(company) => company.id}
          listKey={[q, status].join()}
          sort=""
          onSort={noSort}
          openId={open}
          onOpen={(company) => setSearch({ open: company.id }, !open)}
          onEnd={more}
        />
      )}
    </Page>
  );
}
