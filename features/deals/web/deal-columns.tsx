import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { Money } from '../../../web/kit/money.tsx';
import { Day } from '../../../web/kit/relative-time.tsx';
import { Status, type Tone } from '../../../web/kit/status.tsx';
import type { Column } from '../../../web/kit/table.tsx';
import { type Deal, daysInStage, type Pipeline, rotOf } from './deal.ts';
import { DueDay } from './due-day.tsx';
import { PickDeal } from './pick-deal.tsx';
import classes from './table.module.css';

export const toneOf: Record<Deal['status'], Tone> = { open: 'calm', won: 'good', lost: 'bad', abandoned: 'idle' };

export function useDealColumns(
  pipelines: Pipeline[],
  picked: ReadonlySet<string>,
  toggle: (id: string) => void,
): Column<Deal>[] {
  const { t } = useTranslation('deals');
  const people = usePeople();
  const stages = useMemo(
    () => new Map(pipelines.flatMap((pipeline) => pipeline.stages).map((stage) => [stage.id, stage])),
    [pipelines],
  );
  return [
    {
      id: 'pick',
      header: t('pick'),
      width: '50px',
      cell: (deal) => <PickDeal deal={deal} isPicked={picked.has(deal.id)} onPick={() => toggle(deal.id)} />,
    },
    {
      id: 'title',
      header: t('fields.title'),
      width: 'minmax(200px, 3fr)',
      sort: 'title',
      cell: (deal) => (
        <>
          <b>{deal.title}</b> {deal.company && <span className={classes.soft}>{deal.company}</span>}
        </>
      ),
    },
    {
      id: 'stage',
      header: t('fields.stage'),
      width: 'minmax(124px, 1fr)',
      cell: (deal) => <Status tone={toneOf[deal.status]} label={stages.get(deal.stage_id)?.name ?? ''} />,
    },
    {
      id: 'value',
      header: t('fields.value'),
      width: '104px',
      align: 'end',
      sort: 'value',
      cell: (deal) => <Money value={deal.value} currency={deal.currency} round />,
    },
    {
      id: 'weighted',
      header: t('weightedTitle'),
      width: '108px',
      align: 'end',
      from: 1100,
      cell: (deal) => deal.weighted_value && <Money value={deal.weighted_value} currency={deal.currency} round />,
    },
    {
      id: 'chance',
      header: t('fields.probability'),
      width: '76px',
      align: 'end',
      from: 1200,
      cell: (deal) => `${deal.probability} %`,
    },
    {
      id: 'close',
      header: t('fields.expected_close_date'),
      width: '126px',
      sort: 'expected_close_date',
      cell: (deal) => (deal.actual_close_date ? <Day at={deal.actual_close_date} /> : <DueDay deal={deal} />),
    },
    {
      id: 'since',
      header: t('daysInStage'),
      width: '118px',
      align: 'end',
      from: 760,
      sort: 'stage_entered_at',
      cell: (deal) => {
        const rot = rotOf(deal, stages.get(deal.stage_id));
        return (
          <span
            className={classes.days}
            data-rotting={rot !== undefined || undefined}
            title={rot && t('rot', { count: rot.days, usual: rot.usual })}
          >
            {t('days', { count: daysInStage(deal) })}
          </span>
        );
      },
    },
    {
      id: 'owner',
      header: t('owner'),
      width: 'minmax(110px, 0.9fr)',
      from: 900,
      cell: (deal) => people.nameOf(deal.owner_id),
    },
  ];
}
