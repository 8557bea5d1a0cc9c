import { minus, percentOf, plus } from '../../../web/kit/decimal.ts';
import { type BoardAnswer, type BoardStage, type Deal, outcomeOf, type Stage } from './deal.ts';

type Sum = (left: string, right: string) => string;

function counted(
  column: BoardStage,
  stage: Stage,
  deal: Deal,
  step: 1 | -1,
  items: Deal[],
  currency: string,
): BoardStage {
  const sum: Sum = step === 1 ? plus : minus;
  const count = column.count + step;
  // The sums are of the company's own currency only.
  if (deal.currency !== currency) return { ...column, items, count };
  return {
    ...column,
    items,
    count,
    total_value: sum(column.total_value, deal.value),
    weighted_value: sum(column.weighted_value, percentOf(deal.value, stage.probability)),
  };
}

/** The board as it will look when the server has moved the deal; the server's own figures follow. */
export function moved(board: BoardAnswer, deal: Deal, to: Stage, stages: Stage[]): BoardAnswer {
  const entered = {
    ...deal,
    stage_id: to.id,
    status: outcomeOf(to),
    probability: to.probability,
    stage_entered_at: new Date().toISOString(),
  };
  return {
    ...board,
    stages: board.stages.map((column) => {
      const stage = stages.find(({ id }) => id === column.stage_id);
      if (!stage) return column;
      if (column.stage_id === to.id) {
        return counted(column, stage, deal, 1, [entered, ...column.items], board.currency);
      }
      const rest = column.items.filter(({ id }) => id !== deal.id);
      return rest.length < column.items.length ? counted(column, stage, deal, -1, rest, board.currency) : column;
    }),
  };
}
