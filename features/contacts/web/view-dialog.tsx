import { Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import type { Definition, View } from './use-list-state.ts';

interface Props {
  /** The one whose name is changed; without it, a new one is made of what is shown. */
  view: View | undefined;
  definition: Definition;
  onClose: () => void;
  onSaved: (view: View) => void;
}

export default function ViewDialog({ view, definition, onClose, onSaved }: Props) {
  const { t } = useTranslation(['contacts', 'app']);
  const form = useForm({
    initialValues: { name: view?.name ?? '', is_shared: view?.is_shared ?? false },
    validate: { name: (name) => (name.trim() ? null : t('required')) },
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (values: { name: string; is_shared: boolean }): Promise<View> =>
      view
        ? answer(
            api.PATCH('/api/saved-views/{view_id}', {
              params: { path: { view_id: view.id } },
              body: values,
              headers: { 'If-Match': `"${view.version}"` },
            }),
          )
        : answer(
            api.POST('/api/saved-views', { body: { resource: 'contacts', definition: { ...definition }, ...values } }),
          ),
    onSuccess: onSaved,
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <Dialog title={t(view ? 'views.change' : 'views.saveAs')} onClose={onClose}>
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput {...form.getInputProps('name')} label={t('views.name')} maxLength={100} data-autofocus />
        <Switch
          {...form.getInputProps('is_shared', { type: 'checkbox' })}
          label={t('views.share')}
          description={t('views.shareHint')}
        />
        <Submit label={t('save', { ns: 'app' })} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
