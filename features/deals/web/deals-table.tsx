import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { BulkBar } from './bulk-bar.tsx';
import type { Deal } from './deal.ts';
import { useDealColumns } from './deal-columns.tsx';
import { NarrowDeal } from './narrow-deal.tsx';
import { ANY, TableFilters } from './table-filters.tsx';
import { dayFilters, type Filters } from './use-filters.ts';

const PAGE = 100;
const SOONEST = 'expected_close_date';

function useDeals({ pipeline, isEvery, owner, q, status = 'open', sort = SOONEST, currency, days }: Filters) {
  const { no_close, ...dates } = days;
  const filter = {
    sort,
    ...dates,
    ...(no_close ? { no_close: true } : {}),
    ...(status === ANY ? {} : { status: status as Deal['status'] }),
    ...(isEvery || !pipeline ? {} : { pipeline_id: pipeline.id }),
    ...(owner ? { owner_id: owner } : {}),
    ...(currency ? { currency } : {}),
    ...(q ? { search: q } : {}),
  };
  const list = useList(['deals', 'list', filter], (cursor) => {
    const place = cursor ? { cursor } : { include_total: true };
    return answer(api.GET('/api/deals', { params: { query: { limit: PAGE, ...filter, ...place } } }));
  });
  return { ...list, key: JSON.stringify(filter), sort };
}

interface Props {
  filters: Filters;
  onOpen: (id: string) => void;
}

/** The same deals as rows: to sort, to find, and to change many at once. */
export default function DealsTable({ filters, onOpen }: Props) {
  const { t } = useTranslation('deals');
  const { items, total, more, query, key, sort } = useDeals(filters);
  const { set, open, pipelines, pipeline, isEvery } = filters;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setPicked((old) => new Set(old.has(id) ? [...old].filter((each) => each !== id) : [...old, id]));
  const ways = pipelines.data?.items ?? [];
  const columns = useDealColumns(ways, picked, toggle);
  // What a filter or a colleague took out of sight is not changed unseen.
  const chosen = (items ?? []).filter(({ id }) => picked.has(id));
  const showAll = () =>
    set({
      q: undefined,
      owner: undefined,
      status: ANY,
      currency: undefined,
      ...Object.fromEntries(dayFilters.map((name) => [name, undefined])),
    });
  return (
    <>
      {chosen.length > 0 ? (
        <BulkBar
          deals={chosen}
          pipelines={isEvery || !pipeline ? ways : [pipeline]}
          onAll={
            items && items.length > chosen.length ? () => setPicked(new Set(items.map(({ id }) => id))) : undefined
          }
          onClear={() => setPicked(new Set())}
        />
      ) : (
        <TableFilters filters={filters} total={total} />
      )}
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 && !query.isPlaceholderData ? (
        <EmptyState icon="search" title={t('noneTitle')} text={t('noneText')}>
          <Button variant="default" onClick={showAll}>
            {t('showAll')}
          </Button>
        </EmptyState>
      ) : (
        <Table
          label={t('title')}
          columns={columns}
          narrow={(deal) => <NarrowDeal deal={deal} isPicked={picked.has(deal.id)} onPick={() => toggle(deal.id)} />}
          rows={items}
          rowId={(deal) => deal.id}
          total={total}
          listKey={key}
          sort={sort}
          onSort={(next) => set({ sort: next === SOONEST ? undefined : next })}
          openId={open}
          onOpen={(deal) => onOpen(deal.id)}
          onEnd={more}
        />
      )}
    </>
  );
}
