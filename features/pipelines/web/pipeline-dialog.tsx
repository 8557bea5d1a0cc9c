import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import type { Pipeline } from './use-pipelines.ts';

/** Creates a pipeline, with stages to begin from, or renames one. */
export default function PipelineDialog({ pipeline, onClose }: { pipeline: Pipeline | undefined; onClose: () => void }) {
  const { t } = useTranslation(['pipelines', 'app']);
  const form = useForm({
    initialValues: { name: pipeline?.name ?? '', description: pipeline?.description ?? '' },
    validate: { name: (value) => (value.trim() ? null : t('required')) },
  });
  const stages = [
    { name: t('start.first'), probability: 10, rotting_days: 14 },
    { name: t('start.meeting'), probability: 30, rotting_days: 21 },
    { name: t('start.offer'), probability: 50, rotting_days: 14 },
    { name: t('start.talks'), probability: 80, rotting_days: 10 },
    { name: t('start.won'), probability: 100, is_closed: true, is_won: true },
    { name: t('start.lost'), probability: 0, is_closed: true },
  ];
  const save = useChange(
    ({ name, description }: typeof form.values) => {
      const body = { name: name.trim(), description: description.trim() || null };
      if (!pipeline) return answer(api.POST('/api/pipelines', { body: { ...body, stages } }));
      const params = { path: { pipeline_id: pipeline.id } };
      const headers = { 'if-match': `"${pipeline.version}"` };
      return answer(api.PATCH('/api/pipelines/{pipeline_id}', { params, body, headers }));
    },
    {
      tables: ['pipelines'],
      done: ({ name }) => t('saved', { name }),
      onDone: onClose,
      onError: (error) => form.setErrors(fieldErrors(error)),
    },
  );
  return (
    <Dialog title={pipeline ? t('renameTitle', { name: pipeline.name }) : t('new')} onClose={onClose}>
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput
          {...form.getInputProps('name')}
          label={t('name')}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <TextInput {...form.getInputProps('description')} label={t('description')} maxLength={500} autoComplete="off" />
        {!pipeline && <p style={{ margin: 0 }}>{t('startHint')}</p>}
        <Submit label={t(pipeline ? 'save' : 'create', { ns: 'app' })} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
