import { PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { Section } from '../../../web/kit/sections.tsx';
import { NewPassword, useNewPasswordRule } from './new-password.tsx';

const empty = { current_password: '', new_password: '' };

export function PasswordSection() {
  const { t } = useTranslation('auth');
  const client = useQueryClient();
  const form = useForm({
    initialValues: empty,
    validate: {
      current_password: (value) => (value ? null : t('register.required')),
      new_password: useNewPasswordRule(),
    },
  });
  const change = useMutation({
    meta: { quiet: true },
    mutationFn: (body: typeof empty) => answer(api.POST('/api/users/me/change-password', { body })),
    onSuccess: () => {
      form.reset();
      notifyDone(t('passwordSection.changed'));
      return client.invalidateQueries({ queryKey: ['sessions'] });
    },
    onError: (error) => {
      const { current_password, ...others } = fieldErrors(error);
      form.setErrors({ ...others, ...(current_password ? { current_password: t('passwordSection.wrong') } : {}) });
    },
  });
  return (
    <Section title={t('passwordSection.title')} hint={t('passwordSection.hint')}>
      <Form error={change.error} onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <PasswordInput
          {...form.getInputProps('current_password')}
          label={t('passwordSection.current')}
          autoComplete="current-password"
        />
        <NewPassword {...form.getInputProps('new_password')} />
        <Submit label={t('passwordSection.submit')} busy={change.isPending} />
      </Form>
    </Section>
  );
}
