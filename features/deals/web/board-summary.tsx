import { useTranslation } from 'react-i18next';
import { plus } from '../../../web/kit/decimal.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { type BoardAnswer, type Pipeline, rotOf } from './deal.ts';
import classes from './deals.module.css';

interface Props {
  board: BoardAnswer;
  pipeline: Pipeline;
}

/** What is still to be won, in one line: how many, what they are worth, what of it is likely, what waits too long. */
export function BoardSummary({ board, pipeline }: Props) {
  const { t } = useTranslation('deals');
  const { currency } = board;
  const open = board.stages.filter((stage) => !stage.is_closed);
  const sum = (field: 'total_value' | 'weighted_value') => open.reduce((all, stage) => plus(all, stage[field]), '0');
  const count = open.reduce((all, stage) => all + stage.count, 0);
  const rotting = open
    .flatMap((column) => column.items)
    .filter((deal) =>
      rotOf(
        deal,
        pipeline.stages.find(({ id }) => id === deal.stage_id),
      ),
    ).length;
  return (
    <p className={classes.summary}>
      <span>{t('openCount', { count })}</span>
      <span>
        <b>
          <Money value={sum('total_value')} currency={currency} round />
        </b>{' '}
        {t('inAll')}
      </span>
      <span>
        <b>
          <Money value={sum('weighted_value')} currency={currency} round />
        </b>{' '}
        {t('weighted')}
      </span>
      {rotting > 0 && (
        <span className={classes.rotting}>
          <Icon name="clock" size={14} /> {t('rottingCount', { count: rotting })}
        </span>
      )}
    </p>
  );
}
