import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Search } from '../../../web/page-search.ts';
import { PersonSelect } from '../../users/web/person-select.tsx';
import classes from './audit.module.css';
import { actions, types } from './entry.ts';

export const filterNames = ['person', 'type', 'action', 'record', 'from', 'to'] as const;
export type Filters = Partial<Record<(typeof filterNames)[number], string | undefined>>;

/** Who, what and when; what is chosen stands in the address. */
export function AuditFilters({ filters, onChange }: { filters: Filters; onChange: (change: Search) => void }) {
  const { t } = useTranslation('audit-log');
  const set = (name: string) => (value: string | null) => onChange({ [name]: value || undefined });
  return (
    <search className={classes.filters} aria-label={t('filters')}>
      <PersonSelect
        aria-label={t('columns.who')}
        placeholder={t('anybody')}
        value={filters.person ?? null}
        withInactive
        clearable
        clearButtonProps={{ 'aria-label': t('clear', { ns: 'app' }) }}
        onChange={set('person')}
      />
      <Select
        aria-label={t('columns.type')}
        data={[{ value: '', label: t('anyType') }, ...types.map((value) => ({ value, label: t(`types.${value}`) }))]}
        value={filters.type ?? ''}
        onChange={set('type')}
      />
      <Select
        aria-label={t('columns.action')}
        data={[
          { value: '', label: t('anyAction') },
          ...actions.map((value) => ({ value, label: t(`actions.${value}`) })),
        ]}
        value={filters.action ?? ''}
        onChange={set('action')}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          aria-label={t(name)}
          title={t(name)}
          value={filters[name] ?? ''}
          onChange={({ currentTarget }) => set(name)(currentTarget.value)}
        />
      ))}
    </search>
  );
}
