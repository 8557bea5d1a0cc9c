import { Money } from '../../../web/kit/money.tsx';
import type { Deal } from './deal.ts';
import { DueDay } from './due-day.tsx';
import { PickDeal } from './pick-deal.tsx';
import classes from './table.module.css';

interface Props {
  deal: Deal;
  isPicked: boolean;
  onPick: () => void;
}

export function NarrowDeal({ deal, isPicked, onPick }: Props) {
  return (
    <div className={classes.narrow}>
      <PickDeal deal={deal} isPicked={isPicked} onPick={onPick} />
      <div className={classes.lines}>
        <div className={classes.line}>
          <b>{deal.title}</b>
          <Money value={deal.value} currency={deal.currency} round />
        </div>
        <div className={classes.line}>
          <span className={classes.soft}>{deal.company}</span>
          <DueDay deal={deal} />
        </div>
      </div>
    </div>
  );
}
