import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { Form } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { DeadLink } from './dead-link.tsx';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';
import { NewPassword, useNewPasswordRule } from './new-password.tsx';

export default function ResetPage() {
  const { t } = useTranslation('auth');
  const [{ token }] = usePageSearch();
  const form = useForm({ initialValues: { new_password: '' }, validate: { new_password: useNewPasswordRule() } });
  const reset = useMutation({
    meta: { quiet: true },
    mutationFn: (new_password: string) =>
      answer(api.POST('/api/auth/reset-password', { body: { token: token ?? '', new_password } })),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (!token || (reset.error instanceof Problem && reset.error.is('gone'))) {
    return (
      <DeadLink
        title={t('reset.deadTitle')}
        text={t(token ? 'reset.dead' : 'reset.incomplete')}
        to="/forgot-password"
        action={t('reset.askAgain')}
      />
    );
  }
  if (reset.isSuccess) {
    return (
      <Entrance title={t('reset.doneTitle')}>
        <p className={classes.said} role="status">
          {t('reset.done')}
        </p>
        <Button component={Link} to="/login" fullWidth>
          {t('login.submit')}
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('reset.title')}>
      <p className={classes.hint}>{t('reset.hint')}</p>
      <Form error={reset.error} onSubmit={form.onSubmit(({ new_password }) => reset.mutate(new_password))}>
        <NewPassword {...form.getInputProps('new_password')} autoFocus />
        <Button type="submit" loading={reset.isPending}>
          {t('reset.submit')}
        </Button>
      </Form>
    </Entrance>
  );
}
