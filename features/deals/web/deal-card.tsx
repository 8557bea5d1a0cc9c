import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { Day, today } from '../../../web/kit/relative-time.tsx';
import type { Deal, Stage } from './deal.ts';
import classes from './deals.module.css';

interface Props {
  deal: Deal;
  stages: Stage[];
  onMove: (stageId: string) => void;
}

export function DealCard({ deal, stages, onMove }: Props) {
  const { t } = useTranslation('deals');
  const due = deal.expected_close_date;
  const isLate = deal.status === 'open' && due && due < today();
  return (
    <div className={classes.card}>
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
              <Menu.Item key={stage.id} disabled={stage.id === deal.stage_id} onClick={() => onMove(stage.id)}>
                {stage.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {deal.company && <span className={classes.cardCompany}>{deal.company}</span>}
      <div className={classes.cardFoot}>
        <b>
          <Money value={deal.value} currency={deal.currency} round />
        </b>
        {due && (
          <span className={classes.due} data-late={isLate || undefined}>
            {isLate && <span className="visually-hidden">{t('overdue')} </span>}
            <Day at={due} />
          </span>
        )}
      </div>
    </div>
  );
}
