import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Form } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';

export default function ForgotPage() {
  const { t } = useTranslation('auth');
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('register.emailWrong')) },
  });
  const ask = useMutation({
    meta: { quiet: true },
    mutationFn: (email: string) => answer(api.POST('/api/auth/forgot-password', { body: { email } })),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const back = (
    <p className={classes.other}>
      <Link to="/login">{t('forgot.back')}</Link>
    </p>
  );
  if (ask.isSuccess) {
    return (
      <Entrance title={t('forgot.sentTitle')}>
        <div role="status">
          <p className={classes.said}>{t('forgot.sent', { email: ask.variables })}</p>
          <p className={classes.said}>{t('forgot.sentHint')}</p>
        </div>
        <Button variant="default" fullWidth onClick={() => ask.reset()}>
          {t('forgot.again')}
        </Button>
        {back}
      </Entrance>
    );
  }
  return (
    <Entrance title={t('forgot.title')}>
      <p className={classes.hint}>{t('forgot.hint')}</p>
      <Form error={ask.error} onSubmit={form.onSubmit(({ email }) => ask.mutate(email.trim()))}>
        <TextInput {...form.getInputProps('email')} label={t('email')} type="email" autoComplete="username" autoFocus />
        <Button type="submit" loading={ask.isPending}>
          {t('forgot.submit')}
        </Button>
      </Form>
      {back}
    </Entrance>
  );
}
