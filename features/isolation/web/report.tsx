import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Card } from '../../../web/kit/card.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Checks } from './checks.tsx';
import { Findings } from './findings.tsx';
import classes from './isolation.module.css';

export type AuditReport = Answer<'/api/platform/isolation/report', 'get'>;
export type Outcome = AuditReport['outcomes'][number];

/** What one run found, with the page of each rule that does not hold. */
export function Report({ runId }: { runId: string }) {
  const { t, i18n } = useTranslation('isolation');
  const { data, error, refetch } = useQuery({
    queryKey: ['platform', 'isolation', 'report', runId],
    queryFn: () => answer(api.GET('/api/platform/isolation/report')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Lines count={6} />;
  const troubled = data.outcomes.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not applicable');
  const most = data.companies.slice(0, 8);
  return (
    <>
      <Card title={t('findings')} isWide>
        {troubled.length === 0 ? <p className={classes.soft}>{t('noFindings')}</p> : <Findings outcomes={troubled} />}
      </Card>
      <Card title={t('checks')} aside={t('checkCount', { count: data.outcomes.length })}>
        <Checks outcomes={data.outcomes} />
      </Card>
      <Card title={t('distribution')} aside={t('companyCount', { count: data.companies.length })}>
        <table className={classes.table}>
          <tbody>
            {most.map(({ name, rows }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{rows.toLocaleString(i18n.language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {data.uncounted.length > 0 && (
          <p className={classes.soft}>
            {t('uncountedTables', { tables: data.uncounted.map(({ table }) => table).join(', ') })}
          </p>
        )}
      </Card>
    </>
  );
}
