import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { RowItem } from '../../../web/kit/rows.tsx';
import classes from './api-keys.module.css';

export function ApiKeyRow({ apiKey }: { apiKey: Item<'/api/api-keys'> }) {
  const { t } = useTranslation('api-keys');
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { name, prefix, last_used_at, expires_at } = apiKey;
  const revoke = useMutation({
    meta: { quiet: true },
    mutationFn: () => answer(api.DELETE('/api/api-keys/{api_key_id}', { params: { path: { api_key_id: apiKey.id } } })),
    onSuccess: () => {
      notifyDone(t('revoked', { name }));
      return client.invalidateQueries({ queryKey: ['api_keys'] });
    },
  });
  const hasRunOut = expires_at !== null && Date.parse(expires_at) <= Date.now();
  return (
    <>
      <RowItem
        icon="key"
        title={name}
        detail={
          <>
            <code className={classes.prefix}>{prefix}…</code> · {last_used_at ? t('used') : t('neverUsed')}{' '}
            {last_used_at && <RelativeTime at={last_used_at} />}
            {expires_at && (
              <>
                {' '}
                · {t(hasRunOut ? 'ranOut' : 'runsOut')} <RelativeTime at={expires_at} />
              </>
            )}
          </>
        }
        actions={
          <Button variant="subtle" size="xs" aria-label={t('revokeThis', { name })} onClick={() => setAsking(true)}>
            {t('revoke')}
          </Button>
        }
      />
      {isAsking && (
        <Confirm
          title={t('revokeTitle', { name })}
          text={t('revokeText')}
          action={t('revoke')}
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
