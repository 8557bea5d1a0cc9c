import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Form, Pair } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { session } from '../../../web/session/session.ts';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';
import { NewPassword, useNewPasswordRule } from './new-password.tsx';

const empty = {
  company_name: '',
  admin_first_name: '',
  admin_last_name: '',
  admin_email: '',
  admin_password: '',
  phone: '',
};

export default function RegisterPage() {
  const { t, i18n } = useTranslation('auth');
  const needed = (value: string) => (value.trim() ? null : t('register.required'));
  const form = useForm({
    initialValues: empty,
    validateInputOnBlur: true,
    validate: {
      company_name: needed,
      admin_first_name: needed,
      admin_last_name: needed,
      admin_email: (value) => (/^\S+@\S+$/.test(value) ? null : t('register.emailWrong')),
      admin_password: useNewPasswordRule(),
    },
  });
  const register = useMutation({
    meta: { quiet: true },
    mutationFn: ({ phone, ...values }: typeof empty) => {
      const body = { ...values, cookie: true, ...(phone ? { phone } : {}) };
      // The company's letters are in the language that is read here, whatever the browser prefers.
      return answer(api.POST('/api/register/company', { body, headers: { 'accept-language': i18n.language } }));
    },
    onSuccess: (grant) => session.begin(grant),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const field = (name: keyof typeof empty) => form.getInputProps(name);
  return (
    <Entrance title={t('register.title')}>
      <p className={classes.hint}>{t('register.hint')}</p>
      <Form error={register.error} onSubmit={form.onSubmit((values) => register.mutate(values))}>
        <TextInput {...field('company_name')} label={t('register.company')} autoComplete="organization" autoFocus />
        <Pair>
          <TextInput {...field('admin_first_name')} label={t('register.firstName')} autoComplete="given-name" />
          <TextInput {...field('admin_last_name')} label={t('register.lastName')} autoComplete="family-name" />
        </Pair>
        <TextInput {...field('admin_email')} label={t('email')} type="email" autoComplete="username" />
        <NewPassword {...field('admin_password')} label={t('password')} />
        <TextInput {...field('phone')} label={t('register.phone')} type="tel" autoComplete="tel" />
        <Button type="submit" loading={register.isPending}>
          {t('register.submit')}
        </Button>
      </Form>
      <p className={classes.other}>
        {t('register.known')} <Link to="/login">{t('login.title')}</Link>
      </p>
    </Entrance>
  );
}
