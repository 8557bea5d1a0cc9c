import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { PaneHead } from '../../../web/kit/list-pane.tsx';
import { SortableRows } from '../../../web/kit/sortable-rows.tsx';
import { lazy } from '../../../web/lazy.ts';
import { PipelineMenu } from './pipeline-menu.tsx';
import classes from './pipelines.module.css';
import { StageRow } from './stage-row.tsx';
import { useStageOrder } from './use-order.ts';
import type { Pipeline, Stage } from './use-pipelines.ts';

const StageDialog = lazy(() => import('./stage-dialog.tsx'));

/** A pipeline with its stages, which are put in order by dragging or by keyboard. */
export function PipelinePart({ pipeline, all }: { pipeline: Pipeline; all: Pipeline[] }) {
  const { t } = useTranslation('pipelines');
  const [edited, setEdited] = useState<Stage | 'new'>();
  const order = useStageOrder(pipeline);
  return (
    <section className={classes.part} aria-label={pipeline.name}>
      <PaneHead
        title={pipeline.name}
        {...(pipeline.is_default
          ? { hint: t('isDefault') }
          : pipeline.description
            ? { hint: pipeline.description }
            : {})}
        action={
          <div className={classes.actions}>
            <Button
              variant="default"
              size="xs"
              leftSection={<Icon name="add" size={14} />}
              aria-label={t('stage.newIn', { pipeline: pipeline.name })}
              onClick={() => setEdited('new')}
            >
              {t('stage.new')}
            </Button>
            <PipelineMenu pipeline={pipeline} all={all} />
          </div>
        }
      />
      <SortableRows
        label={t('stagesOf', { pipeline: pipeline.name })}
        rows={pipeline.stages}
        rowName={({ name }) => name}
        draw={(stage) => <StageRow stage={stage} pipeline={pipeline} onEdit={() => setEdited(stage)} />}
        onOrder={(ids) => order.mutate(ids)}
      />
      {edited && (
        <StageDialog
          pipeline={pipeline}
          stage={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  );
}
