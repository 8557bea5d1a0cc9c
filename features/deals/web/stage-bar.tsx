import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { type Deal, outcomeOf, type Pipeline, rotOf, type Stage } from './deal.ts';
import { useDuration } from './duration.ts';
import classes from './stage-bar.module.css';

interface Props {
  deal: Deal;
  pipeline: Pipeline;
  onMove: (stage: Stage) => void;
}

export const useHistory = (dealId: string) =>
  useQuery({
    queryKey: ['deals', 'history', dealId],
    queryFn: () =>
      answer(api.GET('/api/deals/{deal_id}/history', { params: { path: { deal_id: dealId }, query: { limit: 200 } } })),
  });

/** The way through the pipeline, how long the deal was in each stage, and one press to move it on. */
export function StageBar({ deal, pipeline, onMove }: Props) {
  const { t } = useTranslation('deals');
  const duration = useDuration();
  const history = useHistory(deal.id).data?.items ?? [];
  const at = pipeline.stages.findIndex(({ id }) => id === deal.stage_id);
  const current = pipeline.stages[at];
  // Of the endings, the one that it came to stands in the row, else the good one.
  const stages = pipeline.stages.filter((stage) => !stage.is_closed || stage.id === deal.stage_id);
  const secondsIn = (stage: Stage) => {
    const past = history.reduce(
      (sum, move) => sum + (move.from_stage_id === stage.id ? (move.seconds_in_stage ?? 0) : 0),
      0,
    );
    if (stage.id !== deal.stage_id || stage.is_closed) return past;
    return past + (Date.now() - Date.parse(deal.stage_entered_at)) / 1000;
  };
  return (
    <ol className={classes.bar} aria-label={t('stages')}>
      {stages.map((stage) => {
        const seconds = secondsIn(stage);
        const isCurrent = stage.id === deal.stage_id;
        const isPast = !isCurrent && (current?.is_closed ? seconds > 0 : pipeline.stages.indexOf(stage) < at);
        const state = isCurrent ? (stage.is_closed ? outcomeOf(stage) : 'current') : isPast ? 'past' : 'ahead';
        return (
          <li key={stage.id} className={classes.item}>
            <button
              type="button"
              className={classes.stage}
              data-state={state}
              data-rotting={(isCurrent && rotOf(deal, stage) !== undefined) || undefined}
              aria-current={isCurrent ? 'step' : undefined}
              title={isCurrent ? undefined : t('moveToStage', { stage: stage.name })}
              onClick={() => onMove(stage)}
            >
              <span className={classes.name}>{stage.name}</span>
              <span className={classes.time}>{seconds > 0 ? duration(seconds) : ' '}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
