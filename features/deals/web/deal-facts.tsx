import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../web/api/people.ts';
import { Facts } from '../../../web/kit/facts.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { Day, RelativeTime } from '../../../web/kit/relative-time.tsx';
import { isNothing, OwnValue } from '../../custom-fields/web/own-value.tsx';
import { useOwnFields } from '../../custom-fields/web/use-own-fields.ts';
import { type Deal, type Pipeline, rotOf } from './deal.ts';
import classes from './deals.module.css';
import { DueDay } from './due-day.tsx';

interface Props {
  deal: Deal;
  pipeline: Pipeline | undefined;
  /** What stands among the facts on the deal's own page. */
  more?: [field: string, value: ReactNode][];
}

/** What is known of a deal; what is not known is left out. */
export function DealFacts({ deal, pipeline, more = [] }: Props) {
  const { t } = useTranslation('deals');
  const people = usePeople();
  const own = useOwnFields('deals').filter(({ key }) => !isNothing(deal.custom_fields[key]));
  const stage = pipeline?.stages.find(({ id }) => id === deal.stage_id);
  const rot = rotOf(deal, stage);
  const facts: [string, ReactNode][] = [
    ['stage', stage?.name],
    ['status', t(`statuses.${deal.status}`)],
    ['won_reason', deal.won_reason],
    ['lost_reason', deal.lost_reason],
    ['probability', `${deal.probability} %`],
    ['weighted_value', deal.weighted_value && <Money value={deal.weighted_value} currency={deal.currency} />],
    ['expected_close_date', deal.expected_close_date && <DueDay key="due" deal={deal} />],
    ['actual_close_date', deal.actual_close_date && <Day at={deal.actual_close_date} />],
    ['stage_entered_at', <RelativeTime key="since" at={deal.stage_entered_at} />],
    ['owner', people.nameOf(deal.owner_id)],
    ...more,
    ['tags', deal.tags.join(', ')],
    ['created_at', <RelativeTime key="created" at={deal.created_at} />],
    ['description', deal.description],
  ];
  const ofOwn = own.map((field): [string, ReactNode] => [
    field.label,
    <OwnValue key={field.key} field={field} value={deal.custom_fields[field.key]} isLinked />,
  ]);
  return (
    <>
      <p className={classes.value}>
        <Money value={deal.value} currency={deal.currency} />
      </p>
      {rot && <p className={classes.rot}>{t('rot', { count: rot.days, usual: rot.usual })}</p>}
      <Facts
        items={[...facts.map(([field, value]) => [t(`fields.${field}`), value] as [string, ReactNode]), ...ofOwn]}
      />
    </>
  );
}
