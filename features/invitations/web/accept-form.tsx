import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trans, useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { Form, Pair } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { session } from '../../../web/session/session.ts';
import { DeadLink } from '../../auth/web/dead-link.tsx';
import entrance from '../../auth/web/entrance.module.css';
import { Entrance } from '../../auth/web/entrance.tsx';
import { NewPassword, useNewPasswordRule } from '../../auth/web/new-password.tsx';

type Offer = Answer<'/api/invitations/verify/{token}', 'get'>;

export function AcceptForm({ token, offer }: { token: string; offer: Offer }) {
  const { t } = useTranslation(['invitations', 'app']);
  const navigate = useNavigate();
  const needed = (value: string) => (value.trim() ? null : t('required'));
  const form = useForm({
    initialValues: { first_name: offer.first_name ?? '', last_name: offer.last_name ?? '', password: '' },
    validate: { first_name: needed, last_name: needed, password: useNewPasswordRule() },
  });
  const accept = useMutation({
    meta: { quiet: true },
    mutationFn: (values: typeof form.values) =>
      answer(api.POST('/api/invitations/accept', { body: { token, ...values, cookie: true } })),
    onSuccess: (grant) => {
      session.begin(grant);
      void navigate({ to: '/', replace: true });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  if (accept.error instanceof Problem && accept.error.is('gone')) {
    return <DeadLink title={t('goneTitle')} text={t('gone')} to="/login" action={t('logIn')} />;
  }
  const who = offer.invited_by ? 'hintBy' : 'hint';
  const values = {
    company: offer.company_name,
    inviter: offer.invited_by ?? '',
    role: t(`user.roles.${offer.user_role}`, { ns: 'app' }),
  };
  return (
    <Entrance title={t('joinTitle', values)}>
      <p className={entrance.hint}>
        <Trans t={t} i18nKey={who} values={values} components={{ b: <b /> }} shouldUnescape />
      </p>
      <Form error={accept.error} onSubmit={form.onSubmit((filled) => accept.mutate(filled))}>
        <TextInput
          label={t('email')}
          description={t('emailHint')}
          value={offer.email}
          readOnly
          autoComplete="username"
        />
        <Pair>
          <TextInput {...form.getInputProps('first_name')} label={t('firstName')} autoComplete="given-name" />
          <TextInput {...form.getInputProps('last_name')} label={t('lastName')} autoComplete="family-name" />
        </Pair>
        <NewPassword
          {...form.getInputProps('password')}
          label={t('password')}
          autoFocus={form.values.last_name !== ''}
        />
        <Button type="submit" loading={accept.isPending}>
          {t('submit', values)}
        </Button>
      </Form>
    </Entrance>
  );
}
