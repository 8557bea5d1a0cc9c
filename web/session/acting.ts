import { answer, api } from '../api/client.ts';
import { session } from './session.ts';

/** Lets a super admin work in a company as its admin would, in this tab only. It is never kept: a reload ends it. */
export async function startActing(companyId: string, reason: string, minutes: number): Promise<void> {
  const params = { path: { company_id: companyId } };
  const grant = await answer(
    api.POST('/api/platform/companies/{company_id}/act', { params, body: { reason, minutes } }),
  );
  session.act(grant, { id: companyId, name: grant.company_name }, grant.expires_at);
  const headers = { authorization: `Bearer ${grant.access_token}` };
  window.addEventListener(
    'pagehide',
    () => session.user()?.acting && void fetch('/api/platform/acting', { method: 'DELETE', headers, keepalive: true }),
    { once: true },
  );
}

export async function stopActing(): Promise<void> {
  await answer(api.DELETE('/api/platform/acting'));
  await session.renew();
}
