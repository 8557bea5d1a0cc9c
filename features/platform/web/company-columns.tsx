import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CompanyFlag } from '../../../web/kit/company-flag.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Status } from '../../../web/kit/status.tsx';
import type { Column } from '../../../web/kit/table.tsx';
import { isTrial, type PlatformCompany, tones } from './company.ts';
import classes from './platform.module.css';

type Row = PlatformCompany;

export function useCompanyColumns(): Column<Row>[] {
  const { t, i18n } = useTranslation('platform');
  return useMemo(() => {
    const number = (value: number) => value.toLocaleString(i18n.language);
    return [
      { id: 'name', header: t('columns.name'), width: 'minmax(0, 2.4fr)', cell: (row) => <NameCell company={row} /> },
      {
        id: 'status',
        header: t('columns.status'),
        width: '116px',
        cell: (row) => <Status tone={tones[row.status]} label={t(`statuses.${row.status}`)} />,
      },
      {
        id: 'subscription',
        header: t('columns.subscription'),
        width: 'minmax(0, 1.5fr)',
        from: 720,
        cell: (row) => <Subscription company={row} />,
      },
      {
        id: 'users',
        header: t('columns.users'),
        width: '78px',
        align: 'end',
        cell: (row) => number(row.active_users),
      },
      {
        id: 'contacts',
        header: t('columns.contacts'),
        width: '92px',
        align: 'end',
        from: 960,
        cell: (row) => number(row.contacts),
      },
      {
        id: 'deals',
        header: t('columns.deals'),
        width: '80px',
        align: 'end',
        from: 960,
        cell: (row) => number(row.deals),
      },
      {
        id: 'activity',
        header: t('columns.activity'),
        width: '116px',
        align: 'end',
        from: 840,
        cell: (row) => <LastActivity company={row} />,
      },
      {
        id: 'since',
        header: t('columns.since'),
        width: '104px',
        align: 'end',
        from: 1080,
        cell: (row) => (
          <span className={classes.soft}>
            <RelativeTime at={row.created_at} />
          </span>
        ),
      },
    ];
  }, [t, i18n.language]);
}

/** Until when they try it, louder when that is over. */
export function Subscription({ company }: { company: Row }) {
  const { t } = useTranslation('platform');
  if (!isTrial(company)) return <>{t(`subscriptions.${company.subscription_status}`, company.subscription_status)}</>;
  const at = company.trial_ends_at ?? '';
  const isOver = Date.parse(at) <= Date.now();
  return (
    <span className={isOver ? classes.over : undefined}>
      {t(isOver ? 'trialOver' : 'trialEnds')} <RelativeTime at={at} />
    </span>
  );
}

export function LastActivity({ company }: { company: Row }) {
  const { t } = useTranslation('platform');
  return (
    <span className={classes.soft}>
      {company.last_activity_at ? <RelativeTime at={company.last_activity_at} /> : t('never')}
    </span>
  );
}

function NameCell({ company }: { company: Row }) {
  return (
    <span className={classes.name}>
      <CompanyFlag name={company.name} size={20} />
      <b className={classes.cut}>{company.name}</b>
    </span>
  );
}

export function NarrowCompany({ company }: { company: Row }) {
  const { t } = useTranslation('platform');
  return (
    <span className={classes.name}>
      <CompanyFlag name={company.name} size={30} />
      <span className={classes.cut}>
        <b>{company.name}</b>
        <br />
        <span className={classes.soft}>{t('usersCount', { count: company.active_users })}</span>
      </span>
      <span className={classes.narrowStatus}>
        <Status tone={tones[company.status]} label={t(`statuses.${company.status}`)} />
      </span>
    </span>
  );
}
