import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
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
import { Views } from '../../../web/kit/views.tsx';
import { lazy } from '../../../web/lazy.ts';
import { usePageSearch } from '../../../web/page-search.ts';
import { InvitationList } from '../../invitations/web/invitation-list.tsx';
import { useIsAdmin } from './people.ts';
import { NarrowPerson, usePeopleColumns } from './people-columns.tsx';
import { PersonPanel } from './person-panel.tsx';

const Invite = lazy(() => import('../../invitations/web/invite-dialog.tsx'));
const PAGE = 100;
const BY_NAME = 'name';

function useColleagues(q: string, sort: string) {
  return useList(['users', 'list', { q, sort }], (cursor) => {
    const place = cursor ? { cursor } : { include_total: true };
    const query = { limit: PAGE, sort, ...(q ? { search: q } : {}), ...place };
    return answer(api.GET('/api/users', { params: { query } }));
  });
}

export default function PeoplePage() {
  const { t, i18n } = useTranslation('users');
  const [{ view, q = '', sort = BY_NAME, open }, setSearch] = usePageSearch();
  const [isInviting, setInviting] = useState(false);
  const isAdmin = useIsAdmin();
  const columns = usePeopleColumns();
  const { items, total, more, query } = useColleagues(q, sort);
  const onSearch = useCallback((text: string) => setSearch({ q: text || undefined }), [setSearch]);
  const onClose = useCallback(() => setSearch({ open: undefined }), [setSearch]);
  const isInvitations = isAdmin && view === 'invitations';
  useKeys(isAdmin ? [{ press: 'n', label: t('people.invite'), run: () => setInviting(true) }] : []);
  const views = (['people', 'invitations'] as const).map((each) => ({ view: each, label: t(`people.views.${each}`) }));
  return (
    <Page
      title={t('people.title')}
      count={isInvitations ? undefined : total?.toLocaleString(i18n.language)}
      toolbar={
        <>
          {isAdmin && (
            <Views
              label={t('people.view')}
              views={views}
              view={isInvitations ? 'invitations' : 'people'}
              onChange={(next) =>
                setSearch({ view: next === 'people' ? undefined : next, q: undefined, open: undefined }, true)
              }
            />
          )}
          {!isInvitations && <SearchBox label={t('people.search')} value={q} onChange={onSearch} />}
        </>
      }
      actions={
        isAdmin && (
          <Button leftSection={<Icon name="add" size={16} />} onClick={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        )
      }
      side={open && !isInvitations && <PersonPanel key={open} id={open} onClose={onClose} />}
    >
      {isInvitations ? (
        <InvitationList onInvite={() => setInviting(true)} />
      ) : query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 && !query.isPlaceholderData ? (
        <EmptyState icon="search" title={t('people.noneTitle')} text={t('people.noneText')}>
          <Button variant="default" onClick={() => setSearch({ q: undefined })}>
            {t('people.showAll')}
          </Button>
        </EmptyState>
      ) : (
        <Table
          label={t('people.title')}
          columns={columns}
          narrow={(person) => <NarrowPerson person={person} />}
          rows={items}
          rowId={(person) => person.id}
          total={total}
          listKey={[q, sort].join()}
          sort={sort}
          onSort={(next) => setSearch({ sort: next === BY_NAME ? undefined : next })}
          openId={open}
          onOpen={(person) => setSearch({ open: person.id }, !open)}
          onEnd={more}
        />
      )}
      {isInviting && <Invite onClose={() => setInviting(false)} />}
    </Page>
  );
}
