import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { ListPane, PaneHead } from '../../../web/kit/list-pane.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { RowItem, Rows } from '../../../web/kit/rows.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { BuiltInMatrix } from './built-in-matrix.tsx';
import { type Role, restrictedIn } from './permissions.ts';
import { RoleEditor } from './role-editor.tsx';

const NEW = 'new';

export default function RolesPage() {
  const { t } = useTranslation('roles');
  const [{ open }, setSearch] = usePageSearch();
  const { data, error, refetch } = useQuery({
    queryKey: ['roles', 'list'],
    queryFn: () => answer(api.GET('/api/roles')),
  });
  const own = data?.items.filter(({ is_built_in }) => !is_built_in) ?? [];
  const opened = own.find(({ id }) => id === open);
  const close = () => setSearch({ open: undefined });
  if (data && (opened || open === NEW)) {
    return <RoleEditor key={opened?.id ?? NEW} role={opened} resources={data.resources} onClose={close} />;
  }
  return (
    <Page
      title={t('title')}
      actions={
        <Button leftSection={<Icon name="add" size={16} />} onClick={() => setSearch({ open: NEW }, true)}>
          {t('new')}
        </Button>
      }
    >
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <ListPane isLoading={!data}>
          <PaneHead title={t('builtIn')} hint={t('builtInHint')} />
          <BuiltInMatrix roles={data?.items.filter(({ is_built_in }) => is_built_in) ?? []} />
          <PaneHead
            title={t('own')}
            hint={t('ownHint')}
            action={
              <Button component={Link} to="/settings/access" variant="default" size="xs">
                {t('explain')}
              </Button>
            }
          />
          {own.length === 0 ? (
            <p style={{ margin: 0, color: 'var(--ink-soft)' }}>{t('none')}</p>
          ) : (
            <Rows label={t('own')}>
              {own.map((role) => (
                <OwnRole key={role.id} role={role} onOpen={() => setSearch({ open: role.id }, true)} />
              ))}
            </Rows>
          )}
        </ListPane>
      )}
    </Page>
  );
}

function OwnRole({ role, onOpen }: { role: Role; onOpen: () => void }) {
  const { t } = useTranslation('roles');
  const restricted = restrictedIn(role.permissions).map((resource) => t(`resources.${resource}`, resource));
  return (
    <RowItem
      icon="shield"
      title={role.name}
      detail={[
        t('people', { count: role.user_count }),
        restricted.length > 0 ? t('restricts', { resources: restricted.join(', ') }) : t('restrictsNothing'),
      ].join(' · ')}
      actions={
        <Button variant="default" size="xs" aria-label={t('editThis', { name: role.name })} onClick={onOpen}>
          {t('edit')}
        </Button>
      }
    />
  );
}
