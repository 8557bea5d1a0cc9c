import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { MoreButton } from '../../../web/kit/more-button.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { RowItem, Rows } from '../../../web/kit/rows.tsx';
import { Section } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';

/** When the platform's staff worked in the company, and why they said that they had to. */
export function ActingSection({ companyId }: { companyId: string }) {
  const { t } = useTranslation('companies');
  const { items, more, query } = useList(['companies', 'acting', companyId], (cursor) =>
    answer(
      api.GET('/api/companies/{company_id}/acting', {
        params: { path: { company_id: companyId }, query: { limit: 10, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  return (
    <Section title={t('acting')} hint={t('actingHint')}>
      {!items ? (
        query.isError ? (
          <Trouble error={query.error} retry={() => void query.refetch()} />
        ) : (
          <Lines count={2} />
        )
      ) : items.length === 0 ? (
        <p style={{ margin: 0, color: 'var(--ink-soft)' }}>{t('actingNone')}</p>
      ) : (
        <Rows label={t('acting')}>
          {items.map((each) => {
            const isOn = each.ended_at === null && Date.parse(each.expires_at) > Date.now();
            return (
              <RowItem
                key={each.id}
                icon="shield"
                title={each.reason}
                detail={
                  <>
                    {each.acting_admin_email} · <RelativeTime at={each.started_at} />
                  </>
                }
                actions={isOn && <Status tone="active" label={t('actingNow')} />}
              />
            );
          })}
        </Rows>
      )}
      <MoreButton query={query} onMore={more} />
    </Section>
  );
}
