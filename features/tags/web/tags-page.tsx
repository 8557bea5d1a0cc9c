import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { ListPane } from '../../../web/kit/list-pane.tsx';
import { MoreButton } from '../../../web/kit/more-button.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Rows } from '../../../web/kit/rows.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { useIsAdmin } from '../../users/web/people.ts';
import { TagRow } from './tag-row.tsx';

const TagDialog = lazy(() => import('./tag-dialog.tsx'));

export default function TagsPage() {
  const { t, i18n } = useTranslation('tags');
  const [isCreating, setCreating] = useState(false);
  const isAdmin = useIsAdmin();
  const { items, total, more, query } = useList(['tags', 'list'], (cursor) => {
    const place = cursor ? { cursor } : { include_total: true };
    return answer(api.GET('/api/tags', { params: { query: { limit: 200, ...place } } }));
  });
  useKeys([{ press: 'n', label: t('new'), run: () => setCreating(true) }]);
  const create = (
    <Button leftSection={<Icon name="add" size={16} />} onClick={() => setCreating(true)}>
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')} count={total?.toLocaleString(i18n.language)} actions={create}>
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 ? (
        <EmptyState icon="tag" title={t('emptyTitle')} text={t('emptyText')}>
          {create}
        </EmptyState>
      ) : (
        <ListPane isLoading={!items}>
          <Rows label={t('title')}>
            {items?.map((tag) => (
              <TagRow key={tag.id} tag={tag} all={items} isAdmin={isAdmin} />
            ))}
          </Rows>
          <MoreButton query={query} onMore={more} />
        </ListPane>
      )}
      {isCreating && <TagDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
