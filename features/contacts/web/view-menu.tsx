import { Button, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { lazy } from '../../../web/lazy.ts';
import { useUser } from '../../../web/session/use-session.ts';
import classes from './contacts.module.css';
import { type Definition, type ListState, useViews, type View, viewsKey } from './use-list-state.ts';

const ViewDialog = lazy(() => import('./view-dialog.tsx'));

/** The views of oneself and those that colleagues share; what is shown can be kept as one. */
export function ViewMenu({ state }: { state: ListState }) {
  const { t } = useTranslation('contacts');
  const me = useUser();
  const people = usePeople();
  const client = useQueryClient();
  const views = useViews().data?.items ?? [];
  const [dialog, setDialog] = useState<'new' | 'change'>();
  const { view, now, isChanged } = state;
  const mayChange = view && (view.owner_id === me.id || me.role === 'company_admin');
  const definition: Definition = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== ''));
  const refresh = () => client.invalidateQueries({ queryKey: viewsKey });

  const update = useMutation({
    mutationFn: (kept: View) =>
      answer(
        api.PATCH('/api/saved-views/{view_id}', {
          params: { path: { view_id: kept.id } },
          body: { definition: { ...definition } },
          headers: { 'If-Match': `"${kept.version}"` },
        }),
      ),
    onSuccess: async (saved) => {
      await refresh();
      state.choose(saved.id);
      notifyDone(t('views.saved', { name: saved.name }));
    },
    onError: refresh,
  });
  const remove = useMutation({
    mutationFn: (kept: View) =>
      answer(api.DELETE('/api/saved-views/{view_id}', { params: { path: { view_id: kept.id } } })),
    onSuccess: (_, kept) => {
      state.choose(undefined);
      const { resource, name, definition: was, is_shared } = kept;
      if (kept.owner_id === me.id) {
        offerUndo(t('views.deleted', { name }), () =>
          answer(api.POST('/api/saved-views', { body: { resource, name, definition: was, is_shared } })).then(refresh),
        );
      }
      return refresh();
    },
  });
  const mine = views.filter(({ owner_id }) => owner_id === me.id);
  const shared = views.filter(({ owner_id }) => owner_id !== me.id);
  const item = (each: View, more?: string) => (
    <Menu.Item
      key={each.id}
      onClick={() => state.choose(each.id)}
      aria-current={each.id === view?.id || undefined}
      leftSection={<Icon name={each.id === view?.id ? 'check' : 'bookmark'} size={14} />}
      rightSection={more && <small style={{ color: 'var(--ink-soft)' }}>{more}</small>}
    >
      {each.name}
    </Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<Icon name="bookmark" size={15} />}
            rightSection={<Icon name="chevronDown" size={13} />}
            aria-label={t('views.choose', { name: view?.name ?? t('views.all') })}
            className={classes.viewButton ?? ''}
          >
            <span className={classes.cut}>{view?.name ?? t('views.all')}</span>
            {isChanged && <span aria-hidden="true">&nbsp;•</span>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={440} style={{ overflowY: 'auto' }}>
          <Menu.Item
            onClick={() => state.choose(undefined)}
            leftSection={<Icon name={view ? 'people' : 'check'} size={14} />}
          >
            {t('views.all')}
          </Menu.Item>
          {mine.length > 0 && <Menu.Label>{t('views.mine')}</Menu.Label>}
          {mine.map((each) => item(each, each.is_shared ? t('views.isShared') : undefined))}
          {shared.length > 0 && <Menu.Label>{t('views.shared')}</Menu.Label>}
          {shared.map((each) => item(each, people.nameOf(each.owner_id)))}
          <Menu.Divider />
          {view && isChanged && mayChange && (
            <Menu.Item onClick={() => update.mutate(view)} leftSection={<Icon name="check" size={14} />}>
              {t('views.save', { name: view.name })}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setDialog('new')} leftSection={<Icon name="add" size={14} />}>
            {t('views.saveAs')}
          </Menu.Item>
          {isChanged && <Menu.Item onClick={() => state.choose(view?.id)}>{t('views.reset')}</Menu.Item>}
          {view && mayChange && (
            <>
              <Menu.Item onClick={() => setDialog('change')} leftSection={<Icon name="edit" size={14} />}>
                {t('views.change')}
              </Menu.Item>
              <Menu.Item onClick={() => remove.mutate(view)} leftSection={<Icon name="trash" size={14} />}>
                {t('views.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog && (
        <ViewDialog
          view={dialog === 'change' ? view : undefined}
          definition={definition}
          onClose={() => setDialog(undefined)}
          onSaved={(saved) => {
            setDialog(undefined);
            void refresh().then(() => dialog === 'new' && state.choose(saved.id));
          }}
        />
      )}
    </>
  );
}
