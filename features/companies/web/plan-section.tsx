import { useTranslation } from 'react-i18next';
import { Facts } from '../../../web/kit/facts.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Section } from '../../../web/kit/sections.tsx';
import { Status } from '../../../web/kit/status.tsx';
import type { Company } from './company.ts';

/** What they have booked. Changing it is the platform's matter, and the page says so. */
export function PlanSection({ company }: { company: Company }) {
  const { t } = useTranslation('companies');
  const { trial_ends_at, subscription_status, plan, status } = company;
  const isTrial = subscription_status === 'trialing' && trial_ends_at !== null;
  const isOver = isTrial && Date.parse(trial_ends_at) <= Date.now();
  return (
    <Section title={t('plan')} hint={t('planHint')}>
      <Facts
        items={[
          [t('facts.plan'), t(`plans.${plan}`, plan)],
          [
            t('facts.subscription'),
            <Status
              key="subscription"
              tone={isOver ? 'bad' : isTrial ? 'active' : 'good'}
              label={t(`subscriptions.${subscription_status}`, subscription_status)}
            />,
          ],
          [
            t(isOver ? 'facts.trialEnded' : 'facts.trialEnds'),
            isTrial && <RelativeTime key="trial" at={trial_ends_at} />,
          ],
          [
            t('facts.status'),
            status !== 'active' && <Status key="status" tone="bad" label={t(`statuses.${status}`, status)} />,
          ],
          [t('facts.domain'), company.domain],
          [t('facts.since'), <RelativeTime key="since" at={company.created_at} />],
          [t('facts.id'), <code key="id">{company.id}</code>],
        ]}
      />
    </Section>
  );
}
