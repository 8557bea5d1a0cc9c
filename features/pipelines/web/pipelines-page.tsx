import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { ListPane } from '../../../web/kit/list-pane.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { PipelinePart } from './pipeline-part.tsx';
import { usePipelines } from './use-pipelines.ts';

const PipelineDialog = lazy(() => import('./pipeline-dialog.tsx'));

export default function PipelinesPage() {
  const { t } = useTranslation('pipelines');
  const [isCreating, setCreating] = useState(false);
  const { data, error, refetch } = usePipelines();
  useKeys([{ press: 'n', label: t('new'), run: () => setCreating(true) }]);
  const create = (
    <Button leftSection={<Icon name="add" size={16} />} onClick={() => setCreating(true)}>
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={create}>
      {error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : data?.items.length === 0 ? (
        <EmptyState icon="board" title={t('emptyTitle')} text={t('emptyText')}>
          {create}
        </EmptyState>
      ) : (
        <ListPane isLoading={!data}>
          {data?.items.map((pipeline) => (
            <PipelinePart key={pipeline.id} pipeline={pipeline} all={data.items} />
          ))}
        </ListPane>
      )}
      {isCreating && <PipelineDialog pipeline={undefined} onClose={() => setCreating(false)} />}
    </Page>
  );
}
