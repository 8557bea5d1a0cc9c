import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { type Column, Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { saidByServer } from '../../../web/said-by-server.ts';
import classes from './imports.module.css';

type Kept = Item<'/api/imports/{import_id}/kept'>;

const PAGE = 100;
const noSort = () => undefined;

/** Contacts that an undo left as they are, and why: somebody has worked with them since. */
export function KeptContacts({ id }: { id: string }) {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const { items, more, query } = useList(['imports', 'kept', id], (cursor) =>
    answer(
      api.GET('/api/imports/{import_id}/kept', {
        params: { path: { import_id: id }, query: { limit: PAGE, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const columns = useMemo<Column<Kept>[]>(
    () => [
      { id: 'row', header: t('row'), width: '76px', align: 'end', cell: ({ row }) => row },
      { id: 'undo', header: t('outcome'), width: '150px', cell: ({ undo }) => t(`undo.${undo}`) },
      { id: 'reason', header: t('undo.reason'), width: 'minmax(0, 1fr)', cell: ({ reason }) => saidByServer(reason) },
    ],
    [t],
  );
  if (query.isError && !items) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <div className={classes.bar}>
        <h2 className={classes.barTitle}>{t('undo.keptTitle')}</h2>
      </div>
      <Table
        label={t('undo.keptTitle')}
        columns={columns}
        narrow={({ row, reason }) => (
          <span className={classes.cut}>
            {saidByServer(reason)}
            <br />
            <span className={classes.soft}>{t('rowNumber', { row })}</span>
          </span>
        )}
        rows={items}
        rowId={(kept) => kept.id}
        listKey=""
        sort=""
        onSort={noSort}
        onOpen={({ contact_id }) => void navigate({ to: '/contacts', search: { open: contact_id } as never })}
        onEnd={more}
      />
    </>
  );
}
