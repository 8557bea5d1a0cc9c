import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Status } from '../../../web/kit/status.tsx';
import { lazy } from '../../../web/lazy.ts';
import classes from './pipelines.module.css';
import type { Pipeline, Stage } from './use-pipelines.ts';

const RemoveDialog = lazy(() => import('./remove-dialog.tsx'));

interface Props {
  stage: Stage;
  pipeline: Pipeline;
  onEdit: () => void;
}

export function StageRow({ stage, pipeline, onEdit }: Props) {
  const { t } = useTranslation('pipelines');
  const [isRemoving, setRemoving] = useState(false);
  const { id, name } = stage;
  const tone = stage.is_won ? 'good' : stage.is_closed ? 'bad' : 'calm';
  const others = pipeline.stages.filter((each) => each.id !== id).map((each) => ({ value: each.id, label: each.name }));
  return (
    <>
      <div className={classes.name}>
        <Status tone={tone} label={name} />
      </div>
      <span className={classes.chance}>
        {stage.is_won ? t('stage.won') : stage.is_closed ? t('stage.lost') : `${stage.probability} %`}
      </span>
      <span className={classes.days}>
        {!stage.is_closed && stage.rotting_days && t('stage.rots', { count: stage.rotting_days })}
      </span>
      <span className={classes.buttons}>
        <Button variant="default" size="xs" aria-label={t('editThis', { name })} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button
          variant="subtle"
          size="xs"
          aria-label={t('deleteThis', { name })}
          disabled={others.length === 0}
          onClick={() => setRemoving(true)}
        >
          {t('delete')}
        </Button>
      </span>
      {isRemoving && (
        <RemoveDialog
          title={t('stage.deleteTitle', { name })}
          pipelineId={pipeline.id}
          stageId={id}
          targets={[{ group: pipeline.name, items: others }]}
          remove={(move_to) =>
            answer(
              api.DELETE('/api/pipeline-stages/{stage_id}', {
                params: { path: { stage_id: id }, query: { move_to } },
              }),
            )
          }
          done={t('deleted', { name })}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}
