import { Button, Group, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { SearchBox } from '../../../web/kit/search-box.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { type Contact, type ContactStatus, statuses } from './contact.ts';
import { ContactPanel } from './contact-panel.tsx';
import { NarrowContact, useContactColumns } from './contact-row.tsx';

const ContactsMenu = lazy(() => import('./contacts-menu.tsx'));
const CreateContact = lazy(() => import('./create-contact.tsx'));
const PAGE = 100;
const NEWEST = '-created_at';

function useContacts(q: string, status: string | undefined, sort: string) {
  return useList(['contacts', 'list', { q, status, sort }], (cursor) => {
    const filter = { ...(q ? { search: q } : {}), ...(status ? { status: status as ContactStatus } : {}) };
    const place = cursor ? { cursor } : { include_total: true };
    return answer(api.GET('/api/contacts', { params: { query: { limit: PAGE, sort, ...filter, ...place } } }));
  });
}

export default function ContactsPage() {
  const { t, i18n } = useTranslation('contacts');
  const [search, setSearch] = usePageSearch();
  const { q = '', status, sort = NEWEST, open } = search;
  const [isCreating, setCreating] = useState(false);
  const columns = useContactColumns();
  const { items, total, more, query } = useContacts(q, status, sort);
  useKeys([{ press: 'n', label: t('new'), run: () => setCreating(true) }]);

  const onSearch = useCallback((text: string) => setSearch({ q: text || undefined }), [setSearch]);
  const onClose = useCallback(() => setSearch({ open: undefined }), [setSearch]);
  const onOpen = (contact: Contact) => setSearch({ open: contact.id }, !open);
  const isFiltered = q !== '' || status !== undefined;
  const options = [
    { value: '', label: t('anyStatus') },
    ...statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
  ];
  return (
    <Page
      title={t('title')}
      count={total?.toLocaleString(i18n.language)}
      toolbar={
        <>
          <SearchBox label={t('search')} value={q} onChange={onSearch} />
          <Select
            aria-label={t('status')}
            data={options}
            value={status ?? ''}
            onChange={(value) => setSearch({ status: value || undefined })}
            w={148}
          />
        </>
      }
      actions={
        <>
          <Suspense>
            <ContactsMenu
              query={{ ...(q ? { search: q } : {}), ...(status ? { status: status as ContactStatus } : {}), sort }}
            />
          </Suspense>
          <Button leftSection={<Icon name="add" size={16} />} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        </>
      }
      side={open && <ContactPanel key={open} id={open} onClose={onClose} />}
    >
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 && !query.isPlaceholderData ? (
        <EmptyState
          icon={isFiltered ? 'search' : 'people'}
          title={isFiltered ? t('noneTitle') : t('emptyTitle')}
          text={isFiltered ? t('noneText') : t('emptyText')}
        >
          {isFiltered ? (
            <Button variant="default" onClick={() => setSearch({ q: undefined, status: undefined })}>
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
        <Table
          label={t('title')}
          columns={columns}
          narrow={(contact) => <NarrowContact contact={contact} />}
          rows={items}
          rowId={(contact) => contact.id}
          total={total}
          listKey={[q, status, sort].join()}
          sort={sort}
          onSort={(next) => setSearch({ sort: next === NEWEST ? undefined : next })}
          openId={open}
          onOpen={onOpen}
          onEnd={more}
        />
      )}
      <Suspense>{isCreating && <CreateContact onClose={() => setCreating(false)} />}</Suspense>
    </Page>
  );
}
