import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { RowItem, Rows } from '../../../web/kit/rows.tsx';
import { Section } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';

const TotpSetUp = lazy(() => import('./totp-set-up.tsx'));
const TotpChange = lazy(() => import('./totp-change.tsx'));

type Task = 'setUp' | 'codes' | 'off';

export function TotpSection() {
  const { t } = useTranslation('auth');
  const client = useQueryClient();
  const [task, setTask] = useState<Task>();
  const key = ['users', 'account'];
  const account = useQuery({ queryKey: key, queryFn: () => answer(api.GET('/api/auth/me')) });
  const onClose = () => {
    setTask(undefined);
    void client.invalidateQueries({ queryKey: key });
  };
  const isOn = account.data?.totp_enabled ?? false;
  return (
    <Section title={t('totp.title')} hint={t('totp.hint')}>
      {account.isPending ? (
        <Lines count={2} />
      ) : account.isError ? (
        <Trouble error={account.error} retry={() => void account.refetch()} />
      ) : (
        <Rows label={t('totp.title')}>
          <RowItem
            icon="shield"
            title={<Status tone={isOn ? 'good' : 'idle'} label={t(isOn ? 'totp.on' : 'totp.off')} />}
            detail={t(isOn ? 'totp.onHint' : 'totp.offHint')}
            actions={
              isOn ? (
                <Group gap={6} justify="flex-end">
                  <Button variant="default" size="xs" onClick={() => setTask('codes')}>
                    {t('totp.newCodes')}
                  </Button>
                  <Button variant="default" size="xs" onClick={() => setTask('off')}>
                    {t('totp.switchOff')}
                  </Button>
                </Group>
              ) : (
                <Button size="xs" onClick={() => setTask('setUp')}>
                  {t('totp.switchOn')}
                </Button>
              )
            }
          />
        </Rows>
      )}
      {task === 'setUp' && <TotpSetUp onClose={onClose} />}
      {(task === 'codes' || task === 'off') && <TotpChange to={task} onClose={onClose} />}
    </Section>
  );
}
