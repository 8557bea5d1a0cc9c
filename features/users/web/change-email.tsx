import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';

const empty = { email: '', current_password: '' };

export default function ChangeEmail({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('users');
  const form = useForm({
    initialValues: empty,
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value) ? null : t('email.looksWrong')),
      current_password: (value) => (value ? null : t('required')),
    },
  });
  const change = useMutation({
    meta: { quiet: true },
    mutationFn: (body: typeof empty) => answer(api.POST('/api/users/me/email', { body })),
    onSuccess: (_said, { email }) => {
      notifyDone(t('email.sent', { email }));
      onClose();
    },
    onError: (error) => {
      const { current_password, ...others } = fieldErrors(error);
      form.setErrors({ ...others, ...(current_password ? { current_password: t('email.passwordWrong') } : {}) });
    },
  });
  return (
    <Dialog title={t('email.change')} onClose={onClose}>
      <Form error={change.error} onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <TextInput
          {...form.getInputProps('email')}
          label={t('email.new')}
          description={t('email.newHint')}
          type="email"
          autoComplete="email"
          data-autofocus
        />
        <PasswordInput
          {...form.getInputProps('current_password')}
          label={t('email.password')}
          autoComplete="current-password"
        />
        <Submit label={t('email.submit')} busy={change.isPending} />
      </Form>
    </Dialog>
  );
}
