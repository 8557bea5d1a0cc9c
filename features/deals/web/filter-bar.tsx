import { Select } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { SearchBox } from '../../../web/kit/search-box.tsx';
import { ViewLinks } from '../../../web/kit/view-links.tsx';
import { useUser } from '../../../web/session/use-session.ts';
import classes from './filter-bar.module.css';
import { EVERY, type Filters } from './use-filters.ts';

/** Which deals, and how they are shown: everything of it stands in the address. */
export function FilterBar({ view, set, pipelines, pipeline, isEvery, q, owner }: Filters) {
  const { t } = useTranslation('deals');
  const me = useUser().id;
  const { options } = usePeople();
  const onSearch = useCallback((text: string) => set({ q: text || undefined }), [set]);
  const others = options.filter(({ value }) => value !== me);
  const ways = (pipelines.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className={classes.bar}>
      <ViewLinks
        label={t('views.label')}
        param="view"
        current={view}
        views={[
          { id: 'board', label: t('views.board'), icon: 'board' },
          { id: 'table', label: t('views.table'), icon: 'table' },
          { id: 'forecast', label: t('views.forecast'), icon: 'chart' },
        ]}
      />
      <Select
        className={classes.choice}
        aria-label={t('pipeline')}
        data={view === 'board' ? ways : [{ value: EVERY, label: t('everyPipeline') }, ...ways]}
        value={isEvery ? EVERY : (pipeline?.id ?? null)}
        onChange={(id) => set({ pipeline: id ?? undefined, open: undefined }, true)}
      />
      <Select
        className={classes.choice}
        aria-label={t('owner')}
        data={[{ value: '', label: t('everyone') }, { value: me, label: t('mine') }, ...others]}
        value={owner ?? ''}
        onChange={(id) => set({ owner: id || undefined }, true)}
        searchable
      />
      {view !== 'forecast' && <SearchBox label={t('search')} value={q} onChange={onSearch} />}
    </div>
  );
}
