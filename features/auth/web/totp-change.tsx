import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

const empty = { password: '', code: '' };

async function change(to: 'codes' | 'off', body: typeof empty): Promise<string[] | undefined> {
  if (to === 'codes') return (await answer(api.POST('/api/auth/totp/recovery-codes', { body }))).recovery_codes;
  await answer(api.POST('/api/auth/totp/disable', { body }));
  return undefined;
}

/** Switches the codes off, or makes new recovery codes: both want the password and a code. */
export default function TotpChange({ to, onClose }: { to: 'codes' | 'off'; onClose: () => void }) {
  const { t } = useTranslation('auth');
  const form = useForm({ initialValues: empty });
  const ask = useMutation({
    meta: { quiet: true },
    mutationFn: (body: typeof empty) => change(to, body),
    onSuccess: (codes) => {
      if (codes) return;
      notifyDone(t('totp.nowOff'));
      onClose();
    },
    onError: (error) => {
      const wrong = fieldErrors(error);
      form.setErrors({
        ...(wrong.password ? { password: t('totp.passwordWrong') } : {}),
        ...(wrong.code ? { code: t('totp.codeWrong') } : {}),
      });
    },
  });
  if (ask.data) return <RecoveryCodes codes={ask.data} onClose={onClose} />;
  const { password, code } = form.values;
  return (
    <Dialog title={t(to === 'off' ? 'totp.offTitle' : 'totp.newCodes')} onClose={onClose}>
      <Form error={ask.error} onSubmit={form.onSubmit((values) => ask.mutate(values))}>
        <PasswordInput
          {...form.getInputProps('password')}
          label={t('password')}
          autoComplete="current-password"
          data-autofocus
        />
        <TextInput
          {...form.getInputProps('code')}
          label={t('totp.codeOrRecovery')}
          autoComplete="one-time-code"
          maxLength={40}
        />
        <Submit
          label={t(to === 'off' ? 'totp.switchOff' : 'totp.confirm')}
          busy={ask.isPending}
          disabled={password === '' || code.trim().length < 6}
          isRisky={to === 'off'}
        />
      </Form>
    </Dialog>
  );
}
