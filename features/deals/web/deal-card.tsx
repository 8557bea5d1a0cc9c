import { ActionIcon, Menu } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { type Deal, rotOf, type Stage } from './deal.ts';
import classes from './deals.module.css';
import { DueDay } from './due-day.tsx';

interface Props {
  deal: Deal;
  stages: Stage[];
  /** The name of whose it is, once it is known. */
  owner: string | undefined;
  onMove: (deal: Deal, stage: Stage) => void;
}

/** Drawn again only when its own deal changes: a board has hundreds, and a drag moves the board at each step. */
export const DealCard = memo(function DealCard({ deal, stages, owner, onMove }: Props) {
  const { t } = useTranslation('deals');
  const rot = rotOf(
    deal,
    stages.find(({ id }) => id === deal.stage_id),
  );
  return (
    <div className={classes.card} data-rotting={rot ? true : undefined}>
      <div className={classes.cardTop}>
        <span className={classes.cardTitle}>{deal.title}</span>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              className={classes.cardMenu}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('actions', { title: deal.title })}
            >
              <Icon name="more" size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('moveTo')}</Menu.Label>
            {stages.map((stage) => (
              <Menu.Item key={stage.id} disabled={stage.id === deal.stage_id} onClick={() => onMove(deal, stage)}>
                {stage.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={classes.cardLine}>
        <span className={classes.cardCompany}>{deal.company}</span>
        {owner && (
          <span className={classes.owner} title={owner}>
            <span className="visually-hidden">{t('ownedBy', { owner })}</span>
            <Avatar name={owner} size={20} />
          </span>
        )}
      </div>
      <div className={classes.cardFoot}>
        <b>
          <Money value={deal.value} currency={deal.currency} round />
        </b>
        <DueDay deal={deal} />
      </div>
      {rot && (
        <p className={classes.rot}>
          <Icon name="clock" size={13} /> {t('rot', { count: rot.days, usual: rot.usual })}
        </p>
      )}
    </div>
  );
});
