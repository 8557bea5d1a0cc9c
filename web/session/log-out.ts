import { api } from '../api/client.ts';
import { stopActing } from './acting.ts';
import { session } from './session.ts';

export async function logOut() {
  // Who acts leaves both: the company's session and then their own.
  if (session.user()?.acting) await stopActing().catch(() => undefined);
  // The request carries the session it ends; whatever comes of it, this browser forgets.
  await api.POST('/api/auth/logout').catch(() => undefined);
  session.end();
}
