import { found } from '../../../server/platform/problems.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import type { Notification } from '../contract.ts';

export interface NewNotification {
  /** Who reads it: a user of the company. */
  userId: string;
  /** In English, for clients that do not know the key. */
  title: string;
  message: string;
  /** What it says, in whatever language: `kinds.<key>` of the web app's texts, filled in with the params. */
  key?: string;
  params?: Record<string, string | number | null>;
  type?: Notification['type'];
  /** Path in the app. */
  link?: string;
}

/**
 * Notifies a colleague, in the caller's transaction; publish `{ table: 'notifications', id, action: 'created',
 * privateTo: userId }` once it is committed.
 * @throws ProblemError 400 where the company has no such user.
 * @returns the notification's id, though only its reader can read it.
 */
export async function notify(
  company: CompanyStatements,
  { userId, title, message, key, params = {}, type = 'info', link }: NewNotification,
): Promise<string> {
  const [made] = await company.gate<{ notify: string }>('notify', [
    userId,
    title,
    message,
    type,
    link ?? null,
    key ?? null,
    JSON.stringify(params),
  ]);
  return found(made).notify;
}
