import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import classes from './platform.module.css';

const LAST = 8;

/** What the platform's staff last did with the company: who, when and why. */
export function CompanyHistory({ id }: { id: string }) {
  const { t } = useTranslation('platform');
  const { data } = useQuery({
    queryKey: ['platform', 'audit', id],
    queryFn: () => answer(api.GET('/api/platform/audit', { params: { query: { company_id: id, limit: LAST } } })),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label={t('history')}>
      <h3 className={classes.subheading}>{t('history')}</h3>
      <ol className={classes.history}>
        {data.items.map((entry) => (
          <li key={entry.id}>
            <b>{t(`did.${entry.action}`, entry.action)}</b>{' '}
            <span className={classes.soft}>
              <RelativeTime at={entry.created_at} /> · {entry.actor_email}
            </span>
            {entry.action === 'changed' && <Changes details={entry.details} />}
            {entry.reason && <p className={classes.reason}>{entry.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a change of the company was and what it became. */
function Changes({ details }: { details: unknown }) {
  const { t, i18n } = useTranslation('platform');
  const { before = {}, after = {} } = details as Partial<Record<'before' | 'after', Record<string, string | null>>>;
  const said = (field: string, value: string | null | undefined) => {
    if (value === null || value === undefined) return t('nothing');
    if (field === 'trial_ends_at') return new Date(value).toLocaleDateString(i18n.language, { timeZone: 'UTC' });
    return field === 'subscription_status' ? t(`subscriptions.${value}`, value) : value;
  };
  return Object.keys(after).map((field) => (
    <p key={field} className={classes.reason}>
      {t(`fields.${field}`, field)}: {said(field, before[field])} → {said(field, after[field])}
    </p>
  ));
}
