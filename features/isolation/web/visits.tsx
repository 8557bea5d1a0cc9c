import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { MoreButton } from '../../../web/kit/more-button.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { RowItem, Rows } from '../../../web/kit/rows.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { session } from '../../../web/session/session.ts';
import classes from './isolation.module.css';

/** When the platform's staff worked in the company, and why. */
export function Visits() {
  const { t } = useTranslation('isolation');
  const company_id = session.user()?.company_id ?? '';
  const { items, more, query } = useList(['companies', 'acting', company_id], (cursor) =>
    answer(
      api.GET('/api/companies/{company_id}/acting', {
        params: { path: { company_id }, query: { limit: 10, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  if (query.isError && !items) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  if (!items) return <Lines count={2} />;
  if (items.length === 0) return <p className={classes.soft}>{t('trust.nobody')}</p>;
  return (
    <>
      <Rows label={t('trust.visits')}>
        {items.map(({ id, acting_admin_email, reason, started_at }) => (
          <RowItem
            key={id}
            icon="eye"
            title={reason}
            detail={
              <>
                {acting_admin_email} · <RelativeTime at={started_at} />
              </>
            }
          />
        ))}
      </Rows>
      <MoreButton query={query} onMore={more} />
    </>
  );
}
