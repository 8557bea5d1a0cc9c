import { useTranslation } from 'react-i18next';
import { plus } from '../../../web/kit/decimal.ts';
import { Money } from '../../../web/kit/money.tsx';
import classes from './deals.module.css';
import { useBoard } from './use-board.ts';

/** What is still to be won, in two figures. */
export function BoardSummary({ pipeline }: { pipeline: string }) {
  const { t } = useTranslation('deals');
  const board = useBoard(pipeline).data;
  if (!board) return null;
  const { currency } = board;
  const stages = board.stages.filter((stage) => !stage.is_closed);
  const sum = (field: 'total_value' | 'weighted_value') => stages.reduce((all, stage) => plus(all, stage[field]), '0');
  return (
    <p className={classes.summary}>
      <span>
        <b>
          <Money value={sum('total_value')} currency={currency} round />
        </b>{' '}
        {t('open')}
      </span>
      <span>
        <b>
          <Money value={sum('weighted_value')} currency={currency} round />
        </b>{' '}
        {t('weighted')}
      </span>
    </p>
  );
}
