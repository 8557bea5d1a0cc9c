import type { i18n } from 'i18next';
import { wall } from '../../../web/clock.ts';
import { saidByServer } from '../../../web/said-by-server.ts';
import type { Notification } from './use-notifications.ts';

/** What a notification says, in its reader's language and time; in the server's English where it knows no such text. */
export function said({ key, params, title, message }: Notification, { t, exists, language }: i18n) {
  const text = `notifications:kinds.${key}`;
  if (!key || !exists(`${text}.title`)) return { title, message };
  const filled = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, name.endsWith('_at') ? timeOf(value, language) : value]),
  );
  if (filled.code && typeof filled.reason === 'string') filled.reason = saidByServer(filled.reason);
  return { title: String(t(`${text}.title`, filled)), message: String(t(`${text}.message`, filled)) };
}

const timeOf = (at: unknown, language: string) =>
  typeof at === 'string' ? wall(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }) : '';
