import { Button, Select } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import { BoardSummary } from './board-summary.tsx';
import { DealBoard } from './deal-board.tsx';
import { DealPanel } from './deal-panel.tsx';
import { usePipelines } from './use-board.ts';

const CreateDeal = lazy(() => import('./create-deal.tsx'));

export default function DealsPage() {
  const { t } = useTranslation('deals');
  const [{ pipeline: chosen, open }, setSearch] = usePageSearch();
  const [creatingIn, setCreatingIn] = useState<string>();
  const pipelines = usePipelines();
  const items = pipelines.data?.items;
  const pipeline = items?.find(({ id }) => id === chosen) ?? items?.find((item) => item.is_default) ?? items?.[0];
  const firstStage = pipeline?.stages[0]?.id;
  useKeys([{ press: 'n', label: t('new'), run: () => setCreatingIn(firstStage) }]);
  return (
    <Page
      title={t('title')}
      toolbar={
        pipeline && (
          <>
            <Select
              aria-label={t('pipeline')}
              data={items?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              value={pipeline.id}
              onChange={(id) => setSearch({ pipeline: id ?? undefined, open: undefined }, true)}
              w={190}
            />
            <BoardSummary pipeline={pipeline.id} />
          </>
        )
      }
      actions={
        <Button
          leftSection={<Icon name="add" size={16} />}
          disabled={!firstStage}
          onClick={() => setCreatingIn(firstStage)}
        >
          {t('new')}
        </Button>
      }
      side={
        open &&
        pipeline && (
          <DealPanel key={open} id={open} stages={pipeline.stages} onClose={() => setSearch({ open: undefined })} />
        )
      }
    >
      {pipelines.isPending ? (
        <BoardSkeleton />
      ) : pipelines.isError ? (
        <Trouble error={pipelines.error} retry={() => void pipelines.refetch()} />
      ) : pipeline ? (
        <DealBoard pipeline={pipeline} onOpen={(id) => setSearch({ open: id }, !open)} onCreate={setCreatingIn} />
      ) : (
        <EmptyState icon="board" title={t('emptyTitle')} text={t('emptyText')} />
      )}
      <Suspense>
        {pipeline && creatingIn && (
          <CreateDeal pipeline={pipeline} stage={creatingIn} onClose={() => setCreatingIn(undefined)} />
        )}
      </Suspense>
    </Page>
  );
}
