import { answer, api } from '../api/client.ts';
import { session } from './session.ts';

const KEPT = 'bulkhead-acted';

export interface Acted {
  id: string;
  name: string;
}

// Of this tab alone, and only so that one who reloads is told why they no longer act.
function keep(acted: Acted) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(acted));
  } catch {
    // Storage may be switched off: then nothing is told.
  }
}

/** The company that was acted for in this tab when a reload, or an address that was typed, ended it. */
export function lastActed(): Acted | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Partial<Acted> | null;
    return typeof kept?.id === 'string' && typeof kept.name === 'string' ? { id: kept.id, name: kept.name } : undefined;
  } catch {
    return undefined;
  }
}

export function forgetActed() {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

/** Lets a super admin work in a company as its admin would, in this tab only. It is never kept: a reload ends it. */
export async function startActing(companyId: string, reason: string, minutes: number): Promise<void> {
  const params = { path: { company_id: companyId } };
  const grant = await answer(
    api.POST('/api/platform/companies/{company_id}/act', { params, body: { reason, minutes } }),
  );
  session.act(grant, { id: companyId, name: grant.company_name }, grant.expires_at);
  keep({ id: companyId, name: grant.company_name });
  const headers = { authorization: `Bearer ${grant.access_token}` };
  window.addEventListener(
    'pagehide',
    () => session.user()?.acting && void fetch('/api/platform/acting', { method: 'DELETE', headers, keepalive: true }),
    { once: true },
  );
}

export async function stopActing(): Promise<void> {
  await answer(api.DELETE('/api/platform/acting'));
  forgetActed();
  await session.renew();
}

// Neither for the next person, nor once acting has ended of itself.
session.onForget(forgetActed);
