import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { Money } from '../../../web/kit/money.tsx';
import type { BoardStage, Stage } from './deal.ts';
import classes from './deals.module.css';

interface Props {
  stage: Stage;
  column: BoardStage;
  /** The company's own. */
  currency: string;
  onCreate: () => void;
}

/** A stage's name, how many deals, what they are worth; the bar fills to its chance of winning. */
export function StageHeader({ stage, column, currency, onCreate }: Props) {
  const { t, i18n } = useTranslation('deals');
  const others = column.totals.filter((total) => total.currency !== currency);
  const ending = stage.is_closed ? (stage.is_won ? 'won' : 'lost') : undefined;
  return (
    <>
      <div className={classes.stage}>
        <h2 className={classes.stageName}>{stage.name}</h2>
        <span className={classes.soft}>{column.count.toLocaleString(i18n.language)}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('newIn', { stage: stage.name })}
          onClick={onCreate}
        >
          <Icon name="add" size={16} />
        </ActionIcon>
      </div>
      <div className={classes.chance} data-ending={ending} aria-hidden="true">
        <span style={{ width: `${stage.probability}%` }} />
      </div>
      <div className={classes.totals}>
        <b>
          <Money value={column.total_value} currency={currency} round />
        </b>
        {others.map((other) => (
          <span key={other.currency}>
            + <Money value={other.total_value} currency={other.currency} round />
          </span>
        ))}
        {!stage.is_closed && (
          <span className={classes.soft} title={t('weightedHint', { percent: stage.probability })}>
            <Money value={column.weighted_value} currency={currency} round /> {t('weighted')}
          </span>
        )}
      </div>
    </>
  );
}
