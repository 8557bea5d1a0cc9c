import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import { Icon } from '../../../web/kit/icon.tsx';

const formats = ['html', 'json', 'markdown', 'sarif', 'junit'] as const;

/** The whole report as a signed file. */
export function Downloads() {
  const { t } = useTranslation('isolation');
  const save = useMutation({
    mutationFn: (format: (typeof formats)[number]) =>
      download(
        api.GET('/api/platform/isolation/report/file', {
          params: { query: { format } },
          parseAs: 'blob' as never,
        }),
        `isolation.${format}`,
      ),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={save.isPending} leftSection={<Icon name="download" size={16} />}>
          {t('download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {t(`formats.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
