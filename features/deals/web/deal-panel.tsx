import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Money } from '../../../web/kit/money.tsx';
import { Day, RelativeTime } from '../../../web/kit/relative-time.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import type { Deal, Stage } from './deal.ts';
import classes from './deals.module.css';

interface Props {
  id: string;
  stages: Stage[];
  onClose: () => void;
}

export function DealPanel({ id, stages, onClose }: Props) {
  const { t } = useTranslation('deals');
  const { data, error, refetch } = useQuery({
    queryKey: ['deals', 'one', id],
    queryFn: () => answer(api.GET('/api/deals/{deal_id}', { params: { path: { deal_id: id } } })),
  });
  return (
    <SidePanel label={data?.title ?? t('panel')} onClose={onClose}>
      {data ? (
        <Details deal={data} stage={stages.find((stage) => stage.id === data.stage_id)} />
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={7} />
      )}
    </SidePanel>
  );
}

function Details({ deal, stage }: { deal: Deal; stage: Stage | undefined }) {
  const { t } = useTranslation('deals');
  const facts: [string, ReactNode][] = [
    ['stage', stage?.name],
    ['status', t(`statuses.${deal.status}`)],
    ['probability', `${deal.probability} %`],
    [
      'weighted_value',
      deal.weighted_value && <Money key="weighted" value={deal.weighted_value} currency={deal.currency} />,
    ],
    ['expected_close_date', deal.expected_close_date && <Day key="close" at={deal.expected_close_date} />],
    ['stage_entered_at', deal.stage_entered_at && <RelativeTime key="entered" at={deal.stage_entered_at} />],
    ['created_at', <RelativeTime key="created" at={deal.created_at} />],
    ['description', deal.description],
  ];
  return (
    <>
      <h2 className={classes.heading}>{deal.title}</h2>
      <span className={classes.soft}>{deal.company}</span>
      <p className={classes.value}>
        <Money value={deal.value} currency={deal.currency} />
      </p>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([field, value]) => [
            <dt key={`${field}-name`}>{t(`fields.${field}`)}</dt>,
            <dd key={field}>{value}</dd>,
          ])}
      </dl>
    </>
  );
}
