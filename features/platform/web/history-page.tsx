import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Card, Cards } from '../../../web/kit/card.tsx';
import { ColumnChart } from '../../../web/kit/column-chart.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Views } from '../../../web/kit/views.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { PlatformFigures } from './platform-figures.tsx';

type Span = Answer<'/api/platform/history', 'get'>['items'][number];

const shown = ['companies', 'active_companies', 'users', 'trials', 'new_companies'] as const;
const steps = ['month', 'week'] as const;
type Step = (typeof steps)[number];
const SPANS = 12;

/** How the platform grew: numbers of companies and people, never what is theirs. */
export default function HistoryPage() {
  const { t } = useTranslation('platform');
  const [search, setSearch] = usePageSearch();
  const step: Step = search.step === 'week' ? 'week' : 'month';
  const { data, error, refetch } = useQuery({
    queryKey: ['platform', 'history', step],
    queryFn: () => answer(api.GET('/api/platform/history', { params: { query: { step, spans: SPANS } } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={t('growth.title')}
      toolbar={
        <Views
          label={t('growth.step')}
          views={steps.map((view) => ({ view, label: t(`growth.${view}`) }))}
          view={step}
          onChange={(next) => setSearch({ step: next === 'month' ? undefined : next })}
        />
      }
    >
      <PlatformFigures />
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Cards>
          {shown.map((figure) => (
            <Card key={figure} title={t(`growth.${figure}`)} aside={t(`growth.hints.${figure}`)}>
              {data ? <Course figure={figure} spans={data.items} step={step} /> : <Lines count={4} />}
            </Card>
          ))}
        </Cards>
      )}
    </Page>
  );
}

function Course({ figure, spans, step }: { figure: (typeof shown)[number]; spans: Span[]; step: Step }) {
  const { t, i18n } = useTranslation('platform');
  const columns = spans.map((span) => {
    const day = new Date(`${span.starts_on}T00:00`);
    const name =
      step === 'month'
        ? day.toLocaleDateString(i18n.language, { month: 'short' })
        : day.toLocaleDateString(i18n.language, { day: 'numeric', month: 'numeric' });
    const whole =
      step === 'month'
        ? day.toLocaleDateString(i18n.language, { month: 'long', year: 'numeric' })
        : t('growth.weekOf', { day: day.toLocaleDateString(i18n.language, { dateStyle: 'long' }) });
    const size = span[figure];
    return { id: span.starts_on, name, size, text: `${whole}: ${size.toLocaleString(i18n.language)}` };
  });
  return <ColumnChart label={t(`growth.${figure}`)} columns={columns} />;
}
