import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Section, Sections } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Checks } from './checks.tsx';
import classes from './isolation.module.css';
import { Ring } from './ring.tsx';
import { Visits } from './visits.tsx';

/** What a company's admin can know of its isolation, and take along. */
export default function TrustPage() {
  const { t, i18n } = useTranslation('isolation');
  const { data, error, refetch } = useQuery({ queryKey: ['trust'], queryFn: () => answer(api.GET('/api/trust')) });
  const save = useMutation({
    mutationFn: (format: 'html' | 'json') =>
      download(
        api.GET('/api/trust/report', { params: { query: { format } }, parseAs: 'blob' as never }),
        `isolation.${format}`,
      ),
  });
  return (
    <Page title={t('trust.title')}>
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Lines count={8} />
      ) : (
        <Sections>
          <Section title={t('trust.isolation')} hint={t('trust.isolationHint')}>
            {data.verdict && data.finished_at ? (
              <>
                <div className={classes.verdict} data-verdict={data.verdict}>
                  <Ring percent={data.percent ?? 0} />
                  <div>
                    <p className={classes.said}>{t(`verdicts.${data.verdict}`)}</p>
                    <p>{t(`meaning.${data.verdict}`)}</p>
                    <p className={classes.soft}>
                      {t('passedOf', { passed: data.passed, count: data.checks })} ·{' '}
                      <RelativeTime at={data.finished_at} />
                    </p>
                  </div>
                </div>
                <Checks outcomes={data.outcomes} />
              </>
            ) : (
              <EmptyState icon="shield" title={t('emptyTitle')} text={t('trust.none')} />
            )}
          </Section>
          <Section title={t('trust.report')} hint={t('trust.reportHint')}>
            <div className={classes.files}>
              {(['html', 'json'] as const).map((format) => (
                <Button
                  key={format}
                  variant={format === 'html' ? 'filled' : 'default'}
                  disabled={data.run_id === null}
                  loading={save.isPending && save.variables === format}
                  onClick={() => save.mutate(format)}
                  leftSection={<Icon name="download" size={16} />}
                >
                  {t(`trust.${format}`)}
                </Button>
              ))}
            </div>
            <p className={classes.signed}>
              {t('signedBy')} <code className={classes.key}>{data.fingerprint}</code>
            </p>
          </Section>
          <Section title={t('trust.visits')} hint={t('trust.visitsHint')}>
            <Visits />
          </Section>
          {data.tables.length > 0 && (
            <Section title={t('trust.rows')} hint={t('trust.rowsHint')}>
              <table className={classes.table}>
                <tbody>
                  {data.tables.map(({ table, rows, estimated }) => (
                    <tr key={table}>
                      <th scope="row">{table}</th>
                      <td>
                        {rows === null
                          ? t('uncounted')
                          : t(estimated ? 'aboutRows' : 'exactRows', { rows: rows.toLocaleString(i18n.language) })}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Section>
          )}
        </Sections>
      )}
    </Page>
  );
}
