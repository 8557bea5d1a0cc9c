import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { Status } from '../../../web/kit/status.tsx';
import { type Column, Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { saidByServer } from '../../../web/said-by-server.ts';
import type { Import } from './import.ts';
import classes from './imports.module.css';

export type TroubledRow = Item<'/api/imports/{import_id}/errors'>;

const PAGE = 100;
const noSort = () => undefined;

interface Props {
  it: Import;
  openId: string | undefined;
  onOpen: (id: string) => void;
}

/** Those that the address asks for. */
export function useTroubledRows(it: Import) {
  const [{ show = 'all' }] = usePageSearch();
  const filter = show === 'failed' ? { failed: true } : show === 'warned' ? { failed: false } : {};
  return useList(['imports', 'errors', it.id, it.rows_done, show], (cursor) =>
    answer(
      api.GET('/api/imports/{import_id}/errors', {
        params: { path: { import_id: it.id }, query: { limit: PAGE, ...filter, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
}

/** Rows that failed, and those that came in without some of their cells. */
export function TroubledRows({ it, openId, onOpen }: Props) {
  const { t } = useTranslation('imports');
  const [{ show = 'all' }, setSearch] = usePageSearch();
  const { items, more, query } = useTroubledRows(it);
  const columns = useRowColumns();
  const hasBoth = it.rows_failed > 0 && it.rows_with_warnings > 0;
  if (query.isError && !items) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <div className={classes.bar}>
        <h2 className={classes.barTitle}>{t('errors.title')}</h2>
        {hasBoth && (
          <SegmentedControl
            size="xs"
            aria-label={t('errors.show')}
            value={show}
            onChange={(next) => setSearch({ show: next === 'all' ? undefined : next, row: undefined })}
            data={['all', 'failed', 'warned'].map((value) => ({ value, label: t(`errors.${value}`) }))}
          />
        )}
      </div>
      <Table
        label={t('errors.title')}
        columns={columns}
        narrow={(row) => <NarrowRow row={row} />}
        rows={items}
        rowId={(row) => row.id}
        listKey={show}
        sort=""
        onSort={noSort}
        openId={openId}
        onOpen={(row) => onOpen(row.id)}
        onEnd={more}
      />
    </>
  );
}

const said = (row: TroubledRow) =>
  row.problems
    .map(({ column, message }) => (column ? `${column}: ${saidByServer(message)}` : saidByServer(message)))
    .join(' ');

function useRowColumns(): Column<TroubledRow>[] {
  const { t, i18n } = useTranslation('imports');
  return useMemo(
    () => [
      {
        id: 'row',
        header: t('row'),
        width: '76px',
        align: 'end',
        cell: (row) => <span className={classes.soft}>{row.row.toLocaleString(i18n.language)}</span>,
      },
      { id: 'outcome', header: t('outcome'), width: '150px', cell: (row) => <RowOutcome row={row} /> },
      { id: 'problem', header: t('errors.problem'), width: 'minmax(0, 3fr)', cell: said },
      {
        id: 'cells',
        header: t('errors.cells'),
        width: 'minmax(0, 2fr)',
        from: 900,
        cell: (row) => <span className={classes.soft}>{row.cells.filter(Boolean).join(' · ')}</span>,
      },
    ],
    [t, i18n.language],
  );
}

export function RowOutcome({ row }: { row: TroubledRow }) {
  const { t } = useTranslation('imports');
  return <Status tone={row.failed ? 'bad' : 'active'} label={t(row.failed ? 'outcomes.failed' : 'outcomes.warned')} />;
}

function NarrowRow({ row }: { row: TroubledRow }) {
  const { t } = useTranslation('imports');
  return (
    <span className={classes.narrow}>
      <span className={classes.cut}>
        {said(row)}
        <br />
        <span className={classes.soft}>
          {t('rowNumber', { row: row.row })} · {row.cells.filter(Boolean).join(' · ')}
        </span>
      </span>
    </span>
  );
}
