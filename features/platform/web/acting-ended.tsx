import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { lazy } from '../../../web/lazy.ts';
import { forgetActed, lastActed } from '../../../web/session/acting.ts';

const ActDialog = lazy(() => import('./act-dialog.tsx'));

/** To a super admin whom a reload, or an address that was typed, brought back from a company: why, and the way there. */
export function ActingEnded() {
  const { t } = useTranslation(['platform', 'app']);
  const [acted, setActed] = useState(lastActed);
  const [isAsking, setAsking] = useState(false);
  if (!acted) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      m="12px 20px 0"
      role="status"
      icon={<Icon name="warning" />}
      title={t('act.endedTitle', { name: acted.name })}
      withCloseButton
      closeButtonLabel={t('close', { ns: 'app' })}
      onClose={() => {
        forgetActed();
        setActed(undefined);
      }}
    >
      <p style={{ margin: '0 0 8px' }}>{t('act.ended')}</p>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('act.again')}
      </Button>
      {isAsking && <ActDialog company={acted} onClose={() => setAsking(false)} />}
    </Alert>
  );
}
