import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { ListPane } from '../../../web/kit/list-pane.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { SortableRows } from '../../../web/kit/sortable-rows.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Views } from '../../../web/kit/views.tsx';
import { lazy } from '../../../web/lazy.ts';
import { usePageSearch } from '../../../web/page-search.ts';
import { type Field, fieldsKey, loadFields, ordering, type Resource, resources } from './field.ts';
import { FieldRow } from './field-row.tsx';

const FieldDialog = lazy(() => import('./field-dialog.tsx'));

export default function FieldsPage() {
  const { t } = useTranslation('custom-fields');
  const [{ of }, setSearch] = usePageSearch();
  const resource = resources.find((each) => each === of) ?? 'contacts';
  const [edited, setEdited] = useState<Field | 'new'>();
  const { data, error, refetch } = useQuery({ queryKey: fieldsKey(resource), queryFn: () => loadFields(resource) });
  const order = useOrder(resource);
  useKeys([{ press: 'n', label: t('new'), run: () => setEdited('new') }]);
  const create = (
    <Button leftSection={<Icon name="add" size={16} />} onClick={() => setEdited('new')}>
      {t('new')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      toolbar={
        <Views
          label={t('of')}
          views={resources.map((view) => ({ view, label: t(`resources.${view}`) }))}
          view={resource}
          onChange={(view) => setSearch({ of: view === 'contacts' ? undefined : view }, true)}
        />
      }
      actions={create}
    >
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : data?.items.length === 0 ? (
        <EmptyState icon="field" title={t('emptyTitle')} text={t('emptyText')}>
          {create}
        </EmptyState>
      ) : (
        <ListPane isLoading={!data}>
          <SortableRows
            label={t('title')}
            rows={data?.items ?? []}
            rowName={({ label }) => label}
            draw={(field) => <FieldRow field={field} onEdit={() => setEdited(field)} />}
            onOrder={(ids) => order.mutate(ids)}
          />
        </ListPane>
      )}
      {edited && (
        <FieldDialog
          resource={resource}
          field={edited === 'new' ? undefined : edited}
          place={data?.items.length ?? 0}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Page>
  );
}

/** The new order at once, and the old one back where the server refuses it. */
function useOrder(resource: Resource) {
  const client = useQueryClient();
  const key = fieldsKey(resource);
  return useMutation({
    scope: { id: ordering },
    mutationFn: (ids: string[]) => answer(api.PUT('/api/custom-fields/order', { body: { resource, ids } })),
    onMutate: async (ids) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<{ items: Field[] }>(key);
      const items = ids.flatMap((id) => before?.items.find((field) => field.id === id) ?? []);
      client.setQueryData(key, { ...before, items });
      return before;
    },
    onError: (_error, _ids, before) => client.setQueryData(key, before),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
