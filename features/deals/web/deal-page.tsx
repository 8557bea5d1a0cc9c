import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../../web/kit/keys.ts';
import { money } from '../../../web/kit/money.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { lazy } from '../../../web/lazy.ts';
import type { Deal, Pipeline } from './deal.ts';
import { DealActions } from './deal-actions.tsx';
import { DealContact } from './deal-contact.tsx';
import { DealFacts } from './deal-facts.tsx';
import classes from './deal-page.module.css';
import { DealTimeline } from './deal-timeline.tsx';
import { DealTodo } from './deal-todo.tsx';
import { StageBar } from './stage-bar.tsx';
import { useClosing } from './use-closing.tsx';
import { useDeal, usePipelineOf } from './use-deal.ts';

const DeletedRecord = lazy(async () => ({
  default: (await import('../../trash/web/deleted-record.tsx')).DeletedRecord,
}));
const EditDeal = lazy(() => import('./edit-deal.tsx'));

export default function DealPage() {
  const { t } = useTranslation('deals');
  const { dealId = '' } = useParams({ strict: false }) as { dealId?: string };
  const { data, error, refetch } = useDeal(dealId);
  const pipeline = usePipelineOf(data);
  if (data && pipeline) return <Known key={dealId} deal={data} pipeline={pipeline} />;
  return (
    <Page title={t('panel')} trail={[{ label: t('title'), to: '/deals' }]}>
      {error ? (
        <DeletedRecord key={dealId} kind="deals" id={dealId} error={error} retry={() => void refetch()} />
      ) : (
        <div className={classes.waiting} role="status" aria-label={t('panel')}>
          <Lines count={9} />
          <Lines count={6} />
        </div>
      )}
    </Page>
  );
}

function Known({ deal, pipeline }: { deal: Deal; pipeline: Pipeline }) {
  const { t, i18n } = useTranslation('deals');
  const [isEditing, setEditing] = useState(false);
  const { moveTo, dialog } = useClosing(pipeline.stages);
  useKeys([{ press: 'e', label: t('edit'), run: () => setEditing(true) }]);
  return (
    <Page
      title={deal.title}
      count={money(deal.value, deal.currency, i18n.language)}
      trail={[{ label: t('title'), to: '/deals' }]}
      actions={<DealActions deal={deal} pipeline={pipeline} onEdit={() => setEditing(true)} onMove={moveTo} />}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
      <div className={classes.scroller} tabIndex={0}>
        <StageBar deal={deal} pipeline={pipeline} onMove={(stage) => moveTo(deal, stage)} />
        <div className={classes.columns}>
          <div className={classes.story}>
            <DealTodo deal={deal} />
            <DealTimeline deal={deal} />
          </div>
          <section className={classes.facts} aria-label={t('facts')}>
            <DealFacts
              deal={deal}
              pipeline={pipeline}
              more={[
                ['contact', deal.contact_id && <DealContact key="contact" id={deal.contact_id} />],
                ['company', deal.company],
                ['pipeline', pipeline.name],
              ]}
            />
          </section>
        </div>
      </div>
      {isEditing && <EditDeal deal={deal} onClose={() => setEditing(false)} />}
      {dialog}
    </Page>
  );
}
