import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { SearchBox } from '../../../web/kit/search-box.tsx';
import { Sheet } from '../../../web/kit/sheet.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import type { Contact } from './contact.ts';
import { NarrowContact, useContactColumns } from './contact-columns.tsx';
import { ContactPanel } from './contact-panel.tsx';
import classes from './contacts.module.css';
import { useFields } from './fields.ts';
import { FilterButton, FilterChips } from './filter-bar.tsx';
import { useChange } from './use-change.tsx';
import { NEWEST, narrowed, orderOf, useContacts } from './use-contacts.ts';
import { useListState } from './use-list-state.ts';
import { useSections } from './use-sections.ts';
import { useSelection } from './use-selection.ts';
import { ViewMenu } from './view-menu.tsx';

const ContactsMenu = lazy(() => import('./contacts-menu.tsx'));
const CreateContact = lazy(() => import('./create-contact.tsx'));
const GroupMenu = lazy(() => import('./group-menu.tsx'));
const ColumnsMenu = lazy(() => import('./columns-menu.tsx'));
const BulkBar = lazy(() => import('./bulk-bar.tsx'));

const nothingAt = () => undefined;
const idOf = ({ id }: Contact) => id;
const drawNarrow = (contact: Contact) => <NarrowContact contact={contact} />;

export default function ContactsPage() {
  const { t, i18n } = useTranslation('contacts');
  const state = useListState();
  const { asked, now, set, setOpen } = state;
  const { open } = state.search;
  const [isCreating, setCreating] = useState(false);
  const [openAt, setOpenAt] = useState<number>();
  const fields = useFields();
  const [change, conflict] = useChange();
  const columns = useContactColumns(fields, now.columns, change);
  const list = useContacts(asked);
  const listKey = JSON.stringify(asked);
  const selection = useSelection(listKey, list.rows);
  const grouped = useSections(asked, fields, state.search.closed ?? '', state.setClosed);
  useKeys([{ press: 'n', label: t('new'), run: () => setCreating(true) }]);

  const onSearch = useCallback((q: string) => set({ q }), [set]);
  const onClose = useCallback(() => setOpen(undefined), [setOpen]);
  const isFiltered = asked.q !== '' || asked.filter !== '';
  const isEmpty = !list.isPending && !list.isPlaceholder && list.total === 0;
  const trouble = list.error ?? grouped.error;
  const reorder = (id: string, before: string) => {
    const others = now.columns.split(',').filter((key) => key !== id);
    others.splice(before === 'name' ? 0 : others.indexOf(before), 0, id);
    set({ columns: others.join(',') });
  };
  return (
    <Page
      title={t('title')}
      count={list.total?.toLocaleString(i18n.language)}
      toolbar={
        <>
          <ViewMenu state={state} />
          <SearchBox label={t('search')} value={now.q} onChange={onSearch} />
          <FilterButton fields={fields} filter={now.filter} onChange={(filter) => set({ filter })} />
          <GroupMenu fields={fields} group={now.group} onChange={(group) => set({ group })} />
          <span className={classes.wide}>
            <ColumnsMenu fields={fields} chosen={now.columns} onChange={(next) => set({ columns: next })} />
          </span>
        </>
      }
      actions={
        <>
          <ContactsMenu query={{ ...narrowed(asked), sort: orderOf(asked) }} />
          <Button leftSection={<Icon name="add" size={16} />} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        </>
      }
      side={
        open && <ContactPanel key={open} id={open} place={{ search: state.search, at: openAt }} onClose={onClose} />
      }
    >
      <FilterChips fields={fields} filter={now.filter} onChange={(filter) => set({ filter })} />
      {state.isLost ? (
        <EmptyState icon="bookmark" title={t('views.lostTitle')} text={t('views.lost')}>
          <Button variant="default" onClick={() => state.choose(undefined)}>
            {t('showAll')}
          </Button>
        </EmptyState>
      ) : trouble ? (
        <Trouble error={trouble} retry={list.refetch} />
      ) : isEmpty ? (
        <EmptyState
          icon={isFiltered ? 'search' : 'people'}
          title={isFiltered ? t('noneTitle') : t('emptyTitle')}
          text={isFiltered ? t('noneText') : t('emptyText')}
        >
          {isFiltered ? (
            <Button variant="default" onClick={() => set({ q: '', filter: '' })}>
              {t('showAll')}
            </Button>
          ) : (
            <Group gap={8}>
              <Button renderRoot={(props) => <Link to="/contacts/import" {...props} />}>{t('menu.import')}</Button>
              <Button variant="default" onClick={() => setCreating(true)}>
                {t('new')}
              </Button>
            </Group>
          )}
        </EmptyState>
      ) : (
        <Sheet
          label={t('title')}
          columns={columns}
          narrow={drawNarrow}
          // Rows stand under headings only once both are of the same list.
          rowAt={!now.group || grouped.isPlaceholder === list.isPlaceholder ? list.rowAt : nothingAt}
          rowId={idOf}
          count={list.count}
          total={list.total}
          sections={grouped.sections}
          onToggleSection={grouped.toggle}
          isPending={list.isPending || grouped.isPending || state.isWaiting}
          onView={list.look}
          listKey={listKey}
          sort={asked.sort || (asked.q ? '' : NEWEST)}
          onSort={(sort) => set({ sort: sort === NEWEST ? '' : sort })}
          onReorder={reorder}
          openId={open}
          onOpen={(contact, index) => {
            setOpenAt(index);
            setOpen(contact.id, !open);
          }}
          selection={selection}
        />
      )}
      {selection.size > 0 && <BulkBar contacts={selection.contacts} fields={fields} onClear={selection.clear} />}
      {conflict}
      {isCreating && <CreateContact onClose={() => setCreating(false)} />}
    </Page>
  );
}
