import { ActionIcon, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import type { paths } from '../../../web/api.d.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { trashPlace } from '../../trash/web/place.ts';

export type ExportQuery = NonNullable<paths['/api/contacts/export']['get']['parameters']['query']>;
const trash = trashPlace('contacts');
type Format = NonNullable<ExportQuery['format']>;

/** What is done with contacts as a whole. An export has those that the list shows, in its order. */
export default function ContactsMenu({ query }: { query: ExportQuery }) {
  const { t } = useTranslation(['contacts', 'trash']);
  const save = useMutation({
    mutationFn: (format: Format) =>
      download(
        api.GET('/api/contacts/export', { params: { query: { ...query, format } }, parseAs: 'blob' as never }),
        `contacts.${format}`,
      ),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} loading={save.isPending} aria-label={t('menu.label')}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon name="upload" size={16} />}
          renderRoot={(props) => <Link to="/contacts/import" {...props} />}
        >
          {t('menu.import')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="merge" size={16} />}
          renderRoot={(props) => <Link to="/contacts/duplicates" {...props} />}
        >
          {t('menu.duplicates')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="trash" size={16} />}
          renderRoot={(props) => <Link to={trash.to} search={trash.search as never} {...props} />}
        >
          {t('trash:open.contacts')}
        </Menu.Item>
        <Menu.Divider />
        {(['csv', 'xlsx'] as const).map((format) => (
          <Menu.Item key={format} leftSection={<Icon name="download" size={16} />} onClick={() => save.mutate(format)}>
            {t(`menu.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
