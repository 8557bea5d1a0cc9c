import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { QrCode } from '../../../web/kit/qr-code.tsx';
import { SecretField } from '../../../web/kit/secret-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import classes from './totp.module.css';

/** Password, code to scan, recovery codes: switched on only once the app has shown a right code. */
export default function TotpSetUp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('auth');
  const form = useForm({ initialValues: { password: '', code: '' } });
  const enrol = useMutation({
    meta: { quiet: true },
    mutationFn: (password: string) => answer(api.POST('/api/auth/totp/enrol', { body: { password } })),
    onError: (error) => fieldErrors(error).password && form.setFieldError('password', t('totp.passwordWrong')),
  });
  const confirm = useMutation({
    meta: { quiet: true },
    mutationFn: (code: string) => answer(api.POST('/api/auth/totp/confirm', { body: { code } })),
    onSuccess: () => notifyDone(t('totp.nowOn')),
    onError: (error) => fieldErrors(error).code && form.setFieldError('code', t('totp.codeWrong')),
  });

  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery_codes} onClose={onClose} />;
  if (enrol.data) {
    return (
      <Dialog title={t('totp.scanTitle')} onClose={onClose}>
        <Form error={confirm.error} onSubmit={form.onSubmit(({ code }) => confirm.mutate(code))}>
          <p className={classes.step}>{t('totp.scan')}</p>
          <div className={classes.qr}>
            <QrCode text={enrol.data.otpauth_url} label={t('totp.qr')} />
          </div>
          <SecretField label={t('totp.secret')} value={enrol.data.secret} />
          <TextInput
            {...form.getInputProps('code')}
            label={t('totp.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            data-autofocus
            // The step before had the focus, and is gone.
            autoFocus
          />
          <Submit label={t('totp.confirm')} busy={confirm.isPending} disabled={form.values.code.trim().length < 6} />
        </Form>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('totp.confirmIt')} onClose={onClose}>
      <Form error={enrol.error} onSubmit={form.onSubmit(({ password }) => enrol.mutate(password))}>
        <p className={classes.step}>{t('totp.passwordHint')}</p>
        <PasswordInput
          {...form.getInputProps('password')}
          label={t('password')}
          autoComplete="current-password"
          data-autofocus
        />
        <Submit label={t('totp.next')} busy={enrol.isPending} disabled={form.values.password === ''} />
      </Form>
    </Dialog>
  );
}
