import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Facts } from '../../../web/kit/facts.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { RowItem, Rows } from '../../../web/kit/rows.tsx';
import { Section, Sections } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';

const planned = [
  { name: 'mailbox', icon: 'mail' },
  { name: 'calendar', icon: 'clock' },
  { name: 'phone', icon: 'phone' },
  { name: 'webhooks', icon: 'link' },
] as const;

/** What the installation is connected to, and, said as such, what it is not. */
export default function IntegrationsPage() {
  const { t } = useTranslation('integrations');
  const { data, error, refetch } = useQuery({
    queryKey: ['integrations'],
    queryFn: () => answer(api.GET('/api/integrations')),
  });
  const isSmtp = data?.mail.delivery === 'smtp';
  return (
    <Page title={t('title')}>
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Sections>
          <Section title={t('mail')} hint={t('mailHint')}>
            {data ? (
              <>
                <Facts
                  items={[
                    [
                      t('delivery'),
                      <Status
                        key="delivery"
                        tone={isSmtp ? 'good' : 'active'}
                        label={t(`deliveries.${data.mail.delivery}`)}
                      />,
                    ],
                    [t('from'), data.mail.from],
                    [t('links'), data.public_url],
                  ]}
                />
                {!isSmtp && <p style={{ margin: '12px 0 0', color: 'var(--ink-soft)' }}>{t('filesHint')}</p>}
              </>
            ) : (
              <Lines count={3} />
            )}
          </Section>
          <Section title={t('api')} hint={t('apiHint')}>
            <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
              <Button component={Link} to="/profile" variant="default" size="xs">
                {t('keys')}
              </Button>
              <Button component="a" href="/api/openapi.json" variant="default" size="xs">
                {t('docs')}
              </Button>
            </div>
          </Section>
          <Section title={t('planned')} hint={t('plannedHint')}>
            <Rows label={t('planned')}>
              {planned.map(({ name, icon }) => (
                <RowItem
                  key={name}
                  icon={icon}
                  title={t(`plans.${name}.title`)}
                  detail={t(`plans.${name}.text`)}
                  actions={<Status tone="idle" label={t('notYet')} />}
                />
              ))}
            </Rows>
          </Section>
        </Sections>
      )}
    </Page>
  );
}
