import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { versionNow } from '../../../web/api/version-now.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { type Listed, ordering, type Pipeline, pipelinesKey, type Stage } from './use-pipelines.ts';

interface Props {
  pipeline: Pipeline;
  stage: Stage | undefined;
  onClose: () => void;
}

const kinds = ['open', 'won', 'lost'] as const;
type Kind = (typeof kinds)[number];
const kindOf = (stage: Stage | undefined): Kind => (stage?.is_won ? 'won' : stage?.is_closed ? 'lost' : 'open');
const shown = ['name', 'is_won', 'is_closed', 'probability', 'rotting_days'] as const;
const whole = (value: string, least: number, most: number) =>
  /^\d+$/.test(value.trim()) && Number(value) >= least && Number(value) <= most;

export default function StageDialog({ pipeline, stage, onClose }: Props) {
  const { t } = useTranslation(['pipelines', 'app']);
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: stage?.name ?? '',
      kind: kindOf(stage),
      probability: String(stage?.probability ?? 50),
      rotting_days: String(stage?.rotting_days ?? ''),
    },
    validate: {
      name: (value) => (value.trim() ? null : t('required')),
      probability: (value) =>
        Number(value) >= 0 && Number(value) <= 100 && value.trim() ? null : t('stage.chanceWrong'),
      rotting_days: (value) => (!value.trim() || whole(value, 1, 3650) ? null : t('stage.daysWrong')),
    },
  });
  const { kind } = form.values;
  const save = useChange(
    ({ name, rotting_days: days, probability }: typeof form.values) => {
      const body = {
        name: name.trim(),
        is_won: kind === 'won',
        is_closed: kind !== 'open',
        probability: kind === 'open' ? Number(probability) : kind === 'won' ? 100 : 0,
        rotting_days: kind === 'open' && days.trim() ? Number(days) : null,
      };
      if (!stage) {
        return answer(
          api.POST('/api/pipelines/{pipeline_id}/stages', { params: { path: { pipeline_id: pipeline.id } }, body }),
        );
      }
      const listed = client.getQueryData<Listed>(pipelinesKey)?.items.flatMap(({ stages }) => stages) ?? [];
      const version = versionNow(stage, listed, shown);
      const headers = { 'if-match': `"${version}"` };
      return answer(
        api.PATCH('/api/pipeline-stages/{stage_id}', { params: { path: { stage_id: stage.id } }, body, headers }),
      );
    },
    {
      tables: ['pipelines', 'deals'],
      scope: ordering,
      done: ({ name }) => t('saved', { name }),
      onDone: onClose,
      onError: (error) => {
        form.setErrors(fieldErrors(error));
        void client.invalidateQueries({ queryKey: ['pipelines'] });
      },
    },
  );
  return (
    <Dialog
      title={stage ? t('editTitle', { name: stage.name }) : t('stage.newIn', { pipeline: pipeline.name })}
      onClose={onClose}
    >
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput
          {...form.getInputProps('name')}
          label={t('name')}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <Select
          {...form.getInputProps('kind')}
          label={t('stage.kind')}
          data={kinds.map((value) => ({ value, label: t(`stage.kinds.${value}`) }))}
        />
        {kind === 'open' && (
          <Pair>
            <TextInput
              {...form.getInputProps('probability')}
              label={t('stage.chance')}
              description={t('stage.chanceHint')}
              rightSection="%"
              inputMode="decimal"
              autoComplete="off"
            />
            <TextInput
              {...form.getInputProps('rotting_days')}
              label={t('stage.days')}
              description={t('stage.daysHint')}
              inputMode="numeric"
              autoComplete="off"
            />
          </Pair>
        )}
        <Submit label={t(stage ? 'save' : 'create', { ns: 'app' })} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
