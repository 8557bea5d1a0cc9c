import { notifications } from '@mantine/notifications';
import { Problem } from '../api/problem.ts';
import { i18next } from '../i18n.ts';

/** What to tell a person about an error: the server's own words where it gave some. */
export function problemText(error: unknown): string {
  if (!(error instanceof Problem)) return i18next.t('problem.unexpected');
  if (error.status === 0)
    return i18next.t(error.is('session-changed') ? 'problem.sessionChanged' : 'problem.unreachable');
  return error.message || i18next.t(error.status >= 500 ? 'problem.server' : 'problem.unexpected');
}

export function notifyProblem(error: unknown) {
  notifications.show({
    message: problemText(error),
    color: 'red',
    autoClose: 8000,
    closeButtonProps: { 'aria-label': i18next.t('close') },
  });
}

export function notifyDone(message: string) {
  notifications.show({ message, color: 'tide', closeButtonProps: { 'aria-label': i18next.t('close') } });
}
