import type { Answer, Item } from '../../../web/api/client.ts';

export type Deal = Item<'/api/deals'>;
export type Pipeline = Item<'/api/pipelines'>;
export type Stage = Pipeline['stages'][number];
export type BoardAnswer = Answer<'/api/deals/board', 'get'>;
export type BoardStage = BoardAnswer['stages'][number];

const DAY_MS = 86_400_000;

/** Whole days since the deal came into its stage. */
export const daysInStage = ({ stage_entered_at: since }: Pick<Deal, 'stage_entered_at'>, now = Date.now()) =>
  Math.max(0, Math.floor((now - Date.parse(since)) / DAY_MS));

export interface Rot {
  days: number;
  usual: number;
}

/** How long an open deal has been where it is, if that is longer than deals should be. */
export function rotOf(deal: Deal, stage: Stage | undefined, now = Date.now()): Rot | undefined {
  const usual = stage?.rotting_days;
  if (deal.status !== 'open' || !usual) return undefined;
  const days = daysInStage(deal, now);
  return days > usual ? { days, usual } : undefined;
}

/** What a deal becomes by entering the stage. */
export const outcomeOf = (stage: Pick<Stage, 'is_closed' | 'is_won'>): Deal['status'] =>
  stage.is_won ? 'won' : stage.is_closed ? 'lost' : 'open';
