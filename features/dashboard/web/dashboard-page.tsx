import { useTranslation } from 'react-i18next';
import { wall } from '../../../web/clock.ts';
import { Cards } from '../../../web/kit/card.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Views } from '../../../web/kit/views.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { useUser } from '../../../web/session/use-session.ts';
import { ActivityCard } from './activity-card.tsx';
import { AttentionCard } from './attention-card.tsx';
import { DueCard } from './due-card.tsx';
import { LeadersCard } from './leaders-card.tsx';
import { PipelineCard } from './pipeline-card.tsx';
import { useDashboard, type Whose } from './use-dashboard.ts';
import { WonCard } from './won-card.tsx';

export default function DashboardPage() {
  const { t, i18n } = useTranslation('dashboard');
  const { role } = useUser();
  const [search, setSearch] = usePageSearch();
  const whose: Whose = search.whose === 'mine' ? 'mine' : 'all';
  const { data, isError, error, refetch } = useDashboard(whose);
  const day = wall().toLocaleDateString(i18n.language, { weekday: 'long', day: 'numeric', month: 'long' });
  return (
    <Page
      title={t('title')}
      count={day}
      actions={
        // A sales rep sees nothing but their own.
        role !== 'sales_rep' && (
          <Views
            label={t('whose')}
            views={[
              { view: 'all', label: t('everyone') },
              { view: 'mine', label: t('mine') },
            ]}
            view={whose}
            onChange={(view) => setSearch({ whose: view === 'mine' ? view : undefined })}
          />
        )
      }
    >
      {isError && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Cards>
          <DueCard whose={role === 'sales_rep' ? 'mine' : whose} />
          <AttentionCard attention={data?.attention} />
          <PipelineCard data={data} />
          <WonCard data={data} />
          <ActivityCard data={data} whose={whose} />
          <LeadersCard data={data} />
        </Cards>
      )}
    </Page>
  );
}
