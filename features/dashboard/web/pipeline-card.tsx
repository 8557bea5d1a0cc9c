import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BarChart } from '../../../web/kit/bar-chart.tsx';
import { Card } from '../../../web/kit/card.tsx';
import { plus } from '../../../web/kit/decimal.ts';
import { money } from '../../../web/kit/money.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import classes from './dashboard.module.css';
import type { Dashboard } from './use-dashboard.ts';

export function PipelineCard({ data }: { data: Dashboard | undefined }) {
  const { t, i18n } = useTranslation('dashboard');
  const pipeline = data?.pipeline;
  const amount = (value: string) => money(value, data?.currency ?? 'USD', i18n.language, true);
  const sum = (field: 'value' | 'weighted_value') =>
    amount(pipeline?.stages.reduce((total, stage) => plus(total, stage[field]), '0') ?? '0');
  return (
    <Card
      title={pipeline ? t('pipeline.title', { name: pipeline.name }) : t('pipeline.plain')}
      aside={pipeline && <Link to="/deals">{t('pipeline.board')}</Link>}
    >
      {!data ? (
        <Lines count={5} />
      ) : !pipeline ? (
        <div className={classes.empty}>
          <p>{t('pipeline.none')}</p>
        </div>
      ) : (
        <>
          <p className={classes.figure}>
            <b>{sum('value')}</b> {t('pipeline.weighted', { value: sum('weighted_value') })}
          </p>
          <BarChart
            label={t('pipeline.label')}
            bars={pipeline.stages.map((stage) => ({
              id: stage.id,
              name: stage.name,
              size: Number(stage.value),
              part: Number(stage.weighted_value),
              value: amount(stage.value),
              more: t('pipeline.deals', { count: stage.count }),
              place: { to: '/deals', search: { pipeline: pipeline.id } },
            }))}
          />
        </>
      )}
    </Card>
  );
}
