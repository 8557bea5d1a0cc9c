import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { lazy } from '../../../web/lazy.ts';
import { DealFacts } from './deal-facts.tsx';
import classes from './deals.module.css';
import { useDeal, usePipelineOf } from './use-deal.ts';

const DeletedRecord = lazy(async () => ({
  default: (await import('../../trash/web/deleted-record.tsx')).DeletedRecord,
}));

/** A deal at a glance, beside the list or the board. */
export function DealPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('deals');
  const { data, error, refetch } = useDeal(id);
  const pipeline = usePipelineOf(data);
  return (
    <SidePanel label={data?.title ?? t('panel')} onClose={onClose}>
      {data ? (
        <>
          <h2 className={classes.heading}>{data.title}</h2>
          <span className={classes.soft}>{data.company}</span>
          <DealFacts deal={data} pipeline={pipeline} />
          <Button component={Link} to={`/deals/${id}`} variant="default" fullWidth mt={20}>
            {t('openPage')}
          </Button>
        </>
      ) : error ? (
        <DeletedRecord kind="deals" id={id} error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={7} />
      )}
    </SidePanel>
  );
}
