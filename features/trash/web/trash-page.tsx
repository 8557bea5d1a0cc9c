import { Button, Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../web/api/list.ts';
import { usePeople } from '../../../web/api/people.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { SearchBox } from '../../../web/kit/search-box.tsx';
import { type Column, Table } from '../../../web/kit/table.tsx';
import { Tabs } from '../../../web/kit/tabs.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { type Deleted, deletedPage, discard, restore } from './deleted.ts';
import { kinds } from './place.ts';
import classes from './trash.module.css';
import { useDeleters } from './use-deleters.ts';

/** What was deleted and can be brought back, by those who saw it before. */
export default function TrashPage() {
  const { t, i18n } = useTranslation('trash');
  const [{ of, q = '' }, setSearch] = usePageSearch();
  const navigate = useNavigate();
  const kind = kinds.find((each) => each === of) ?? 'contacts';
  const { items, total, more, query } = useList([kind, 'deleted', q], (cursor) => deletedPage(kind, q, cursor));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setPicked((old) => new Set(old.has(id) ? [...old].filter((each) => each !== id) : [...old, id]));
  const chosen = (items ?? []).filter(({ id }) => picked.has(id));
  const bring = useMutation({
    mutationFn: (rows: Deleted[]) =>
      restore(
        kind,
        rows.map(({ id }) => id),
      ),
    onSuccess: (_done, rows) => {
      const [first] = rows;
      const said =
        rows.length === 1 && first ? t('restored', { name: first.name }) : t('restoredMany', { count: rows.length });
      offerUndo(said, () =>
        discard(
          kind,
          rows.map(({ id }) => id),
        ),
      );
      setPicked(new Set());
    },
  });
  const columns = useColumns(kind, picked, toggle, (row) => bring.mutate([row]));
  const onSearch = useCallback((text: string) => setSearch({ q: text || undefined }), [setSearch]);
  return (
    <Page title={t('title')} count={total?.toLocaleString(i18n.language)}>
      <Tabs
        label={t('kinds.label')}
        tabs={kinds.map((id) => ({ id, label: t(`kinds.${id}`) }))}
        chosen={kind}
        onChoose={(next) => {
          setPicked(new Set());
          setSearch({ of: next === 'contacts' ? undefined : next, q: undefined }, true);
        }}
      >
        <SearchBox label={t('search')} value={q} onChange={onSearch} />
      </Tabs>
      {chosen.length > 0 && (
        <section className={classes.bar} aria-label={t('picked', { count: chosen.length })}>
          <b>{t('picked', { count: chosen.length })}</b>
          <Button
            size="xs"
            leftSection={<Icon name="undo" size={14} />}
            loading={bring.isPending}
            onClick={() => bring.mutate(chosen)}
          >
            {t('restore')}
          </Button>
          <Button size="xs" variant="subtle" ml="auto" onClick={() => setPicked(new Set())}>
            {t('clear')}
          </Button>
        </section>
      )}
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 && !query.isPlaceholderData ? (
        <EmptyState icon="trash" title={t(q ? 'noneTitle' : 'emptyTitle')} text={t(q ? 'noneText' : 'emptyText')} />
      ) : (
        <Table
          label={t('title')}
          columns={columns}
          narrow={(row) => <Narrow row={row} isPicked={picked.has(row.id)} onPick={() => toggle(row.id)} />}
          rows={items}
          rowId={({ id }) => id}
          total={total}
          listKey={`${kind} ${q}`}
          sort=""
          onSort={() => undefined}
          onOpen={(row) =>
            row.kind === 'activities' ? toggle(row.id) : void navigate({ to: `/${row.kind}/${row.id}` } as object)
          }
          onEnd={more}
        />
      )}
    </Page>
  );
}

function useColumns(
  kind: Deleted['kind'],
  picked: ReadonlySet<string>,
  toggle: (id: string) => void,
  bring: (row: Deleted) => void,
): Column<Deleted>[] {
  const { t } = useTranslation('trash');
  const people = usePeople();
  const deleters = useDeleters(kind);
  return [
    {
      id: 'pick',
      header: t('columns.pick'),
      width: '50px',
      cell: (row) => <Pick row={row} isPicked={picked.has(row.id)} onPick={() => toggle(row.id)} />,
    },
    {
      id: 'name',
      header: t('columns.name'),
      width: 'minmax(160px, 2fr)',
      cell: ({ name, detail }) => (
        <>
          <b>{name}</b> {detail && <span className={classes.soft}>{detail}</span>}
        </>
      ),
    },
    {
      id: 'owner',
      header: t('columns.owner'),
      width: 'minmax(110px, 1fr)',
      from: 860,
      cell: ({ owner_id }) => people.nameOf(owner_id),
    },
    { id: 'when', header: t('columns.when'), width: '116px', cell: (row) => <RelativeTime at={row.deleted_at} /> },
    ...(deleters
      ? [
          {
            id: 'who',
            header: t('columns.who'),
            width: 'minmax(110px, 1fr)',
            from: 720,
            cell: ({ id }: Deleted) => deleters.get(id),
          },
        ]
      : []),
    {
      id: 'restore',
      header: t('columns.restore'),
      width: '146px',
      align: 'end',
      cell: (row) => (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps the press from the row
        <span onClick={(event) => event.stopPropagation()}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('restoreOne', { name: row.name })}
            leftSection={<Icon name="undo" size={14} />}
            onClick={() => bring(row)}
          >
            {t('restore')}
          </Button>
        </span>
      ),
    },
  ];
}

interface PickProps {
  row: Deleted;
  isPicked: boolean;
  onPick: () => void;
}

function Pick({ row, isPicked, onPick }: PickProps) {
  const { t } = useTranslation('trash');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps the press from the row
    <span onClick={(event) => event.stopPropagation()}>
      <Checkbox size="xs" aria-label={t('pick', { name: row.name })} checked={isPicked} onChange={onPick} />
    </span>
  );
}

function Narrow(props: PickProps) {
  const { name, detail, deleted_at } = props.row;
  return (
    <span className={classes.narrow}>
      <Pick {...props} />
      <span className={classes.cut}>
        <b>{name}</b>
        <br />
        <span className={classes.soft}>
          {detail && `${detail} · `}
          <RelativeTime at={deleted_at} />
        </span>
      </span>
    </span>
  );
}
