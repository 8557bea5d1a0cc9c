import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { SecretField } from '../../../web/kit/secret-field.tsx';

const DAY_MS = 86_400_000;
const days = ['30', '90', '365', ''] as const;

const inDays = (count: string) => (count ? new Date(Date.now() + Number(count) * DAY_MS).toISOString() : null);

export default function CreateKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('api-keys');
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: '', days: '90' },
    validate: { name: (value) => (value.trim() ? null : t('required')) },
  });
  const create = useMutation({
    meta: { quiet: true },
    mutationFn: (values: typeof form.values) =>
      answer(api.POST('/api/api-keys', { body: { name: values.name, expires_at: inDays(values.days) } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['api_keys'] }),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (create.data) {
    return (
      <Dialog title={t('madeTitle')} onClose={onClose} isHeld>
        <p style={{ margin: '0 0 14px' }}>{t('made')}</p>
        <SecretField label={create.data.name} value={create.data.key} />
        <Button mt={18} onClick={onClose} data-autofocus autoFocus>
          {t('kept')}
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('new')} onClose={onClose}>
      <Form error={create.error} onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <TextInput
          {...form.getInputProps('name')}
          label={t('name')}
          description={t('nameHint')}
          autoComplete="off"
          maxLength={100}
          data-autofocus
        />
        <Select
          {...form.getInputProps('days')}
          label={t('runsOutAfter')}
          data={days.map((value) => ({ value, label: t(`after.${value || 'never'}`) }))}
        />
        <Submit label={t('create')} busy={create.isPending} />
      </Form>
    </Dialog>
  );
}
