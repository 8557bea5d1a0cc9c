import { Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { useTeams } from '../../../web/api/teams.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { useUser } from '../../../web/session/use-session.ts';
import classes from './activities.module.css';
import { types } from './activity.ts';

/** Whose activities, of which kind, and as a list or a calendar: the same above both. */
export function ScopeBar({ view }: { view: 'list' | 'calendar' }) {
  const { t } = useTranslation('activities');
  const [{ whose = 'mine', type }, setSearch] = usePageSearch();
  const user = useUser();
  const teams = useTeams();
  const colleagues = usePeople().options.filter(({ value }) => value !== user.id);
  const isRep = user.role === 'sales_rep';
  const groups = [
    {
      group: t('whose.groups.all'),
      items: [{ value: 'mine', label: t('whose.mine') }, ...(isRep ? [] : [{ value: 'all', label: t('whose.all') }])],
    },
    { group: t('whose.groups.teams'), items: teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })) },
    {
      group: t('whose.groups.people'),
      items: colleagues.map(({ value, label }) => ({ value: `person:${value}`, label })),
    },
  ].filter(({ items }, index) => items.length > 0 && (index === 0 || !isRep));
  const keep = { ...(whose === 'mine' ? {} : { whose }), ...(type ? { type } : {}) };
  return (
    <>
      <nav className={classes.views} aria-label={t('views.label')}>
        <Link to="/activities" search={keep as never} data-active={view === 'list' || undefined}>
          <Icon name="menu" size={15} />
          <span>{t('views.list')}</span>
        </Link>
        <Link to="/activities/calendar" search={keep as never} data-active={view === 'calendar' || undefined}>
          <Icon name="calendar" size={15} />
          <span>{t('views.calendar')}</span>
        </Link>
      </nav>
      <Select
        aria-label={t('whose.label')}
        data={groups}
        value={whose}
        searchable={colleagues.length > 8}
        onChange={(value) => setSearch({ whose: value === 'mine' ? undefined : (value ?? undefined), open: undefined })}
        className={classes.whose}
      />
      <Select
        aria-label={t('type')}
        data={[{ value: '', label: t('anyType') }, ...types.map((value) => ({ value, label: t(`types.${value}`) }))]}
        value={type ?? ''}
        onChange={(value) => setSearch({ type: value || undefined })}
        className={classes.type}
      />
    </>
  );
}
