import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import { DealBoard } from './deal-board.tsx';
import { DealPanel } from './deal-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { NoPipeline } from './no-pipeline.tsx';
import { boardFilter } from './use-board.ts';
import { type Filters, useFilters } from './use-filters.ts';

const CreateDeal = lazy(() => import('./create-deal.tsx'));
const DealsTable = lazy(() => import('./deals-table.tsx'), BoardSkeleton);
const Forecast = lazy(() => import('./forecast.tsx'), BoardSkeleton);

export default function DealsPage() {
  const { t } = useTranslation('deals');
  const filters = useFilters();
  const { open, set, pipeline } = filters;
  const [isCreating, setCreating] = useState(false);
  const firstStage = pipeline?.stages[0]?.id;
  useKeys([{ press: 'n', label: t('new'), run: () => setCreating(true) }]);
  return (
    <Page
      title={t('title')}
      toolbar={<FilterBar {...filters} />}
      actions={
        <Button leftSection={<Icon name="add" size={16} />} disabled={!firstStage} onClick={() => setCreating(true)}>
          {t('new')}
        </Button>
      }
      side={open && pipeline && <DealPanel key={open} id={open} onClose={() => set({ open: undefined })} />}
    >
      <View {...filters} />
      {pipeline && firstStage && isCreating && (
        <CreateDeal pipeline={pipeline} stage={firstStage} onClose={() => setCreating(false)} />
      )}
    </Page>
  );
}

function View(filters: Filters) {
  const { view, pipeline, pipelines, owner, q, open, set } = filters;
  const onOpen = (id: string) => set({ open: id }, !open);
  if (pipelines.isPending) return <BoardSkeleton />;
  if (pipelines.isError) return <Trouble error={pipelines.error} retry={() => void pipelines.refetch()} />;
  if (!pipeline) return <NoPipeline />;
  if (view === 'table') return <DealsTable filters={filters} onOpen={onOpen} />;
  if (view === 'forecast') return <Forecast filters={filters} />;
  return <DealBoard pipeline={pipeline} filter={boardFilter(pipeline.id, owner, q)} onOpen={onOpen} />;
}
