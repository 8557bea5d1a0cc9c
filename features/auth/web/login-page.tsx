import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { FormProblem, fieldErrors } from '../../../web/kit/form-problem.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { session } from '../../../web/session/session.ts';
import { CodeStep } from './code-step.tsx';
import classes from './entrance.module.css';
import { Entrance } from './entrance.tsx';

const isAbout = (error: unknown, name: string) => error instanceof Problem && error.is(name);

export default function LoginPage() {
  const { t } = useTranslation('auth');
  const [{ next }] = usePageSearch();
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm({ initialValues: { email: '', password: '' } });
  const login = useMutation({
    meta: { quiet: true },
    mutationFn: (code?: string) => {
      const body = { ...form.getValues(), cookie: true, ...(code ? { code } : {}) };
      return answer(api.POST('/api/auth/login', { body }));
    },
    onSuccess: (grant) => session.begin(grant),
    onError: (error) => {
      if (isAbout(error, 'totp-required')) setNeedsCode(true);
      form.setErrors(fieldErrors(error));
    },
  });
  if (needsCode) {
    const wrong = login.error !== null && !isAbout(login.error, 'totp-required');
    return (
      <CodeStep
        busy={login.isPending}
        error={wrong ? login.error : undefined}
        onCode={(code) => login.mutate(code)}
        onBack={() => {
          setNeedsCode(false);
          login.reset();
        }}
      />
    );
  }
  return (
    <Entrance title={t('login.title')}>
      <form className={classes.form} onSubmit={form.onSubmit(() => login.mutate(undefined))}>
        {isAbout(login.error, 'invalid-credentials') ? (
          <FormProblem error={new Problem({ detail: t('login.wrong') }, 401)} />
        ) : (
          <FormProblem error={login.error} />
        )}
        <TextInput
          {...form.getInputProps('email')}
          label={t('email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
        />
        <PasswordInput
          {...form.getInputProps('password')}
          label={t('password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Link to="/forgot-password" className={classes.forgot ?? ''}>
          {t('login.forgot')}
        </Link>
        <Button type="submit" loading={login.isPending}>
          {t('login.submit')}
        </Button>
      </form>
      <p className={classes.other}>
        {t('login.new')}{' '}
        <Link to="/register" search={{ next }}>
          {t('login.register')}
        </Link>
      </p>
    </Entrance>
  );
}
