import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Sections } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { useMe } from '../../../web/session/use-me.ts';
import { useUser } from '../../../web/session/use-session.ts';
import { ApiKeysSection } from '../../api-keys/web/api-keys-section.tsx';
import { PasswordSection } from '../../auth/web/password-section.tsx';
import { TotpSection } from '../../auth/web/totp-section.tsx';
import { SessionsSection } from '../../sessions/web/sessions-section.tsx';
import { EmailSection } from './email-section.tsx';
import { PersonSection } from './person-section.tsx';

export default function ProfilePage() {
  const { t } = useTranslation('users');
  const user = useUser();
  const me = useMe();
  const inCompany = user.company_id !== null;
  if (user.acting) {
    return (
      <Page title={t('title')}>
        <EmptyState icon="person" title={t('actingTitle')} text={t('acting')}>
          <Button component="a" href="/profile" variant="default">
            {t('actingLeave')}
          </Button>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={t('title')}>
      {me.isError && !me.data ? (
        <Trouble error={me.error} retry={() => void me.refetch()} />
      ) : (
        <Sections>
          {me.data ? <PersonSection key={me.data.id} me={me.data} /> : <Lines count={8} />}
          {inCompany && me.data && <EmailSection email={me.data.email} />}
          <PasswordSection />
          <TotpSection />
          {inCompany && <SessionsSection />}
          {inCompany && <ApiKeysSection />}
        </Sections>
      )}
    </Page>
  );
}
