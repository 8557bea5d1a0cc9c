import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RowItem, Rows } from '../../../web/kit/rows.tsx';
import { Section } from '../../../web/kit/sections.tsx';
import { lazy } from '../../../web/lazy.ts';

const ChangeEmail = lazy(() => import('./change-email.tsx'));

export function EmailSection({ email }: { email: string }) {
  const { t } = useTranslation('users');
  const [isChanging, setChanging] = useState(false);
  return (
    <Section title={t('email.title')} hint={t('email.hint')}>
      <Rows label={t('email.title')}>
        <RowItem
          icon="mail"
          title={email}
          actions={
            <Button variant="default" size="xs" onClick={() => setChanging(true)}>
              {t('email.change')}
            </Button>
          }
        />
      </Rows>
      {isChanging && <ChangeEmail onClose={() => setChanging(false)} />}
    </Section>
  );
}
