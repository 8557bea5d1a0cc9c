import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { lazy } from '../../../web/lazy.ts';
import { usePipelineOrder } from './use-order.ts';
import type { Pipeline } from './use-pipelines.ts';

const PipelineDialog = lazy(() => import('./pipeline-dialog.tsx'));
const RemoveDialog = lazy(() => import('./remove-dialog.tsx'));

export function PipelineMenu({ pipeline, all }: { pipeline: Pipeline; all: Pipeline[] }) {
  const { t } = useTranslation('pipelines');
  const [shown, setShown] = useState<'edit' | 'remove'>();
  const order = usePipelineOrder();
  const { id, name } = pipeline;
  const at = all.findIndex((each) => each.id === id);
  const makeDefault = useChange(
    () =>
      answer(
        api.PATCH('/api/pipelines/{pipeline_id}', {
          params: { path: { pipeline_id: id } },
          body: { is_default: true },
        }),
      ),
    { tables: ['pipelines'], done: t('madeDefault', { pipeline: name }), loud: true },
  );
  const moveTo = (place: number) => {
    const others = all.filter((each) => each.id !== id);
    order.mutate([...others.slice(0, place), pipeline, ...others.slice(place)]);
  };
  const close = () => setShown(undefined);
  const targets = all
    .filter((each) => each.id !== id)
    .map((each) => ({ group: each.name, items: each.stages.map((stage) => ({ value: stage.id, label: stage.name })) }));
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t('actions', { pipeline: name })}>
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setShown('edit')}>{t('rename')}</Menu.Item>
          <Menu.Item disabled={pipeline.is_default} onClick={() => makeDefault.mutate(undefined)}>
            {t('makeDefault')}
          </Menu.Item>
          <Menu.Item disabled={at === 0} onClick={() => moveTo(at - 1)}>
            {t('up')}
          </Menu.Item>
          <Menu.Item disabled={at === all.length - 1} onClick={() => moveTo(at + 1)}>
            {t('down')}
          </Menu.Item>
          <Menu.Item disabled={pipeline.is_default} onClick={() => setShown('remove')}>
            {t('delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {shown === 'edit' && <PipelineDialog pipeline={pipeline} onClose={close} />}
      {shown === 'remove' && (
        <RemoveDialog
          title={t('deleteTitle', { name })}
          pipelineId={id}
          targets={targets}
          remove={(move_to) =>
            answer(
              api.DELETE('/api/pipelines/{pipeline_id}', {
                params: { path: { pipeline_id: id }, query: { move_to } },
              }),
            )
          }
          done={t('deleted', { name })}
          onClose={close}
        />
      )}
    </>
  );
}
