import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import { Icon } from '../../../web/kit/icon.tsx';

const formats = ['html', 'json', 'markdown', 'sarif', 'junit'] as const;

/** The whole report as a file; that of the audit is signed. */
export function Downloads({ of }: { of: 'audit' | 'probe' }) {
  const { t } = useTranslation('isolation');
  const save = useMutation({
    mutationFn: (format: (typeof formats)[number]) =>
      download(
        api.GET(of === 'audit' ? '/api/platform/isolation/report/file' : '/api/platform/isolation/coverage/file', {
          params: { query: { format } },
          parseAs: 'blob' as never,
        }),
        `${of === 'audit' ? 'isolation' : 'probe'}.${format}`,
      ),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size={of === 'audit' ? 'sm' : 'xs'}
          loading={save.isPending}
          leftSection={<Icon name="download" size={16} />}
        >
          {t(of === 'audit' ? 'download' : 'probe.download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {t(of === 'probe' && format === 'json' ? 'formats.plainJson' : `formats.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
