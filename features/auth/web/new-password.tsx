import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const PASSWORD_LENGTH = 12;

/** What a form says against a new password before the server does. */
export function useNewPasswordRule() {
  const { t } = useTranslation('auth');
  return (value: string) => (value.length >= PASSWORD_LENGTH ? null : t('register.passwordShort'));
}

/** A new password, typed once: it can be looked at, which finds more mistakes than typing it twice. */
export function NewPassword(props: PasswordInputProps) {
  const { t } = useTranslation('auth');
  return (
    <PasswordInput
      label={t('newPassword')}
      description={t('register.passwordHint')}
      autoComplete="new-password"
      {...props}
    />
  );
}
