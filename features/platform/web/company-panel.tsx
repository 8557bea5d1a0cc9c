import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { CompanyFlag } from '../../../web/kit/company-flag.tsx';
import { Facts } from '../../../web/kit/facts.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { type PlatformCompany, tones } from './company.ts';
import { LastActivity, Subscription } from './company-columns.tsx';
import { CompanyHistory } from './company-history.tsx';
import classes from './platform.module.css';
import { Reinstate } from './reinstate.tsx';

const Act = lazy(() => import('./act-dialog.tsx'));
const Plan = lazy(() => import('./plan-dialog.tsx'));
const Suspend = lazy(() => import('./suspend-dialog.tsx'));

export function CompanyPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('platform');
  const { data, error, refetch } = useQuery({
    queryKey: ['platform', 'companies', 'one', id],
    queryFn: () => answer(api.GET('/api/platform/companies/{company_id}', { params: { path: { company_id: id } } })),
  });
  return (
    <SidePanel label={data ? data.name : t('panel')} onClose={onClose}>
      {data ? (
        <Details company={data} />
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={8} />
      )}
    </SidePanel>
  );
}

function Details({ company }: { company: PlatformCompany }) {
  const { t } = useTranslation('platform');
  const [task, setTask] = useState<'act' | 'plan' | 'suspend'>();
  const close = () => setTask(undefined);
  const isActive = company.status === 'active';
  return (
    <>
      <div className={classes.top}>
        <CompanyFlag name={company.name} size={44} />
        <div>
          <h2 className={classes.heading}>{company.name}</h2>
          <Status tone={tones[company.status]} label={t(`statuses.${company.status}`)} />
        </div>
      </div>
      {company.suspended_reason && company.status === 'suspended' && (
        <Alert color="red" variant="light" mt={16} icon={<Icon name="warning" />} title={t('suspendedBecause')}>
          {company.suspended_reason}
        </Alert>
      )}
      <div className={classes.actions}>
        {isActive ? (
          <>
            <Button size="xs" onClick={() => setTask('act')}>
              {t('act.open')}
            </Button>
            <ChangePlan onClick={() => setTask('plan')} />
            <Button size="xs" variant="default" onClick={() => setTask('suspend')}>
              {t('suspend.open')}
            </Button>
          </>
        ) : (
          <>
            <Reinstate company={company} />
            {company.status !== 'deleted' && <ChangePlan onClick={() => setTask('plan')} />}
          </>
        )}
      </div>
      <CompanyFacts company={company} />
      <CompanyHistory id={company.id} />
      {task === 'act' && <Act company={company} onClose={close} />}
      {task === 'plan' && <Plan company={company} onClose={close} />}
      {task === 'suspend' && <Suspend company={company} onClose={close} />}
    </>
  );
}

function ChangePlan({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('platform');
  return (
    <Button size="xs" variant="default" onClick={onClick}>
      {t('plan.open')}
    </Button>
  );
}

function CompanyFacts({ company }: { company: PlatformCompany }) {
  const { t, i18n } = useTranslation('platform');
  const number = (value: number) => value.toLocaleString(i18n.language);
  const facts: [string, ReactNode][] = [
    ['subscription', <Subscription key="subscription" company={company} />],
    ['plan', company.plan],
    ['users', t('usersOf', { active: number(company.active_users), all: number(company.users) })],
    ['contacts', number(company.contacts)],
    ['deals', number(company.deals)],
    ['activity', <LastActivity key="activity" company={company} />],
    ['email', company.email && <a href={`mailto:${company.email}`}>{company.email}</a>],
    ['domain', company.domain],
    ['since', <RelativeTime key="since" at={company.created_at} />],
    ['deleted', company.deleted_at && <RelativeTime key="deleted" at={company.deleted_at} />],
  ];
  return <Facts items={facts.map(([name, value]) => [t(`columns.${name}`), value])} />;
}
