import { api } from '../api/client.ts';
import { unreachable } from '../api/problem.ts';
import { changeLanguage } from '../i18n.ts';
import { notifyProblem } from '../kit/notify.ts';
import type { Language } from '../languages.ts';
import { line } from '../line.ts';
import { renew } from '../queries.ts';
import { useUser } from '../session/use-session.ts';

/** Changes the app's language for the person, in this browser and on their account. */
export function useChooseLanguage(): (language: Language) => Promise<void> {
  const user = useUser();
  return async (language) => {
    try {
      await changeLanguage(language);
    } catch (error) {
      return notifyProblem((await line.answers()) ? error : unreachable());
    }
    // Whoever acts for a company has no account there, and the platform's staff no language.
    if (user.company_id === null || user.acting) return;
    await api.PUT('/api/users/me', { body: { language } }).catch(() => undefined);
    await renew('users');
  };
}
