import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../web/kit/page.tsx';
import { Sections } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { useUser } from '../../../web/session/use-session.ts';
import { ActingSection } from './acting-section.tsx';
import { readOwn } from './company.ts';
import { CompanySection } from './company-section.tsx';
import { PlanSection } from './plan-section.tsx';

export default function CompanyPage() {
  const { t } = useTranslation('companies');
  const id = useUser().company_id ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['companies', 'own', id],
    queryFn: () => readOwn(id),
    enabled: id !== '',
  });
  return (
    <Page title={t('title')}>
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Sections>
          {data ? (
            <>
              <CompanySection key={data.id} company={data} />
              <PlanSection company={data} />
              <ActingSection companyId={data.id} />
            </>
          ) : (
            <div role="status" aria-label={t('loading', { ns: 'app' })} style={{ paddingTop: 28 }}>
              <Lines count={10} />
            </div>
          )}
        </Sections>
      )}
    </Page>
  );
}
