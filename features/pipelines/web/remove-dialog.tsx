import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';

interface Props {
  title: string;
  pipelineId: string;
  /** Without it the whole pipeline goes. */
  stageId?: string;
  /** Stages that may take the deals. */
  targets: { group: string; items: { value: string; label: string }[] }[];
  remove: (moveTo: string) => Promise<unknown>;
  done: string;
  onClose: () => void;
}

/** Deletes a stage or a pipeline; the deals in it go where it is said, and never away. */
export default function RemoveDialog({ title, pipelineId, stageId, targets, remove, done, onClose }: Props) {
  const { t } = useTranslation(['pipelines', 'app']);
  const [target, setTarget] = useState(targets[0]?.items[0]?.value ?? null);
  const { data } = useQuery({
    queryKey: ['deals', 'summary', pipelineId],
    queryFn: () => answer(api.GET('/api/deals/summary', { params: { query: { pipeline_id: pipelineId } } })),
  });
  const held = data?.stages
    .filter((stage) => stageId === undefined || stage.stage_id === stageId)
    .reduce((sum, stage) => sum + stage.count, 0);
  const change = useChange((moveTo: string) => remove(moveTo), {
    tables: ['pipelines', 'deals'],
    done,
    onDone: onClose,
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        error={change.error}
        onSubmit={(event) => {
          event?.preventDefault();
          if (target) change.mutate(target);
        }}
      >
        <p style={{ margin: 0 }}>{held === undefined ? t('holdsSome') : t('holds', { count: held })}</p>
        <Select label={t('moveTo')} data={targets} value={target} onChange={setTarget} maxDropdownHeight={260} />
        <Submit label={t('deleteSubmit')} busy={change.isPending} disabled={!target} isRisky>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel', { ns: 'app' })}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
