import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { usePageSearch } from '../../../web/page-search.ts';
import { nameOf, useIsAdmin, usePeople } from '../../users/web/people.ts';
import { TeamPanel } from './team-panel.tsx';
import classes from './teams.module.css';

const TeamDialog = lazy(() => import('./team-dialog.tsx'));
const BY_NAME = 'name';

export type Team = Item<'/api/teams'>;

export default function TeamsPage() {
  const { t, i18n } = useTranslation('teams');
  const [{ sort = BY_NAME, open }, setSearch] = usePageSearch();
  const [isCreating, setCreating] = useState(false);
  const isAdmin = useIsAdmin();
  const people = usePeople();
  const { items, total, more, query } = useList(['teams', 'list', sort], (cursor) => {
    const place = cursor ? { cursor } : { include_total: true };
    return answer(api.GET('/api/teams', { params: { query: { limit: 100, sort, ...place } } }));
  });
  const onClose = useCallback(() => setSearch({ open: undefined }), [setSearch]);
  useKeys(isAdmin ? [{ press: 'n', label: t('new'), run: () => setCreating(true) }] : []);
  const leadOf = (team: Team) => {
    const lead = people.data?.find(({ id }) => id === team.team_lead_id);
    return lead ? nameOf(lead) : '';
  };
  const members = (team: Team) => t('members', { count: team.member_count });
  const create = (
    <Button leftSection={<Icon name="add" size={16} />} onClick={() => setCreating(true)}>
      {t('new')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      count={total?.toLocaleString(i18n.language)}
      actions={isAdmin && create}
      side={open && <TeamPanel key={open} id={open} onClose={onClose} />}
    >
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 ? (
        <EmptyState icon="board" title={t('emptyTitle')} text={t('emptyText')}>
          {isAdmin && create}
        </EmptyState>
      ) : (
        <Table
          label={t('title')}
          columns={[
            {
              id: 'name',
              header: t('columns.name'),
              width: 'minmax(0, 1.4fr)',
              sort: 'name',
              cell: (team) => <b className={classes.name}>{team.name}</b>,
            },
            { id: 'lead', header: t('columns.lead'), width: 'minmax(0, 1.2fr)', cell: leadOf },
            {
              id: 'description',
              header: t('columns.description'),
              width: 'minmax(0, 2fr)',
              from: 760,
              cell: (team) => <span className={classes.soft}>{team.description}</span>,
            },
            {
              id: 'members',
              header: t('columns.members'),
              width: '104px',
              align: 'end',
              cell: (team) => team.member_count.toLocaleString(i18n.language),
            },
          ]}
          narrow={(team) => (
            <span>
              <b className={classes.name}>{team.name}</b>
              <br />
              <span className={classes.soft}>{[members(team), leadOf(team)].filter(Boolean).join(' · ')}</span>
            </span>
          )}
          rows={items}
          rowId={(team) => team.id}
          total={total}
          listKey={sort}
          sort={sort}
          onSort={(next) => setSearch({ sort: next === BY_NAME ? undefined : next })}
          openId={open}
          onOpen={(team) => setSearch({ open: team.id }, !open)}
          onEnd={more}
        />
      )}
      {isCreating && <TeamDialog onClose={() => setCreating(false)} onMade={(team) => setSearch({ open: team.id })} />}
    </Page>
  );
}
