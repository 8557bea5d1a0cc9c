import type { Answer } from '../api/client.ts';
import { problemFrom, unreachable } from '../api/problem.ts';
import { refreshed } from './refresh.ts';

export type Grant = Answer<'/api/auth/login', 'post'>;
export type User = Grant['user'] & {
  /** Where a super admin acts for the company: until when. */
  acting?: { until: string };
};

interface State {
  user: User | undefined;
  /** Why nobody is logged in: never was, chose to leave, or was put out. */
  left: 'unknown' | 'logout' | 'expired';
}

let state: State = { user: undefined, left: 'unknown' };
let accessToken: string | undefined;
let expiresAt = 0;
let epoch = 0;
let renewing: Promise<string | undefined> | undefined;
const listeners = new Set<() => void>();
const forgetters = new Set<() => void>();
const tabs = new BroadcastChannel('bulkhead-session');

function change(next: State) {
  state = next;
  for (const listener of listeners) listener();
}

/** Drops everything that belonged to the person who was logged in. */
function forget(left: State['left']) {
  epoch += 1;
  accessToken = undefined;
  renewing = undefined;
  for (const drop of forgetters) drop();
  change({ user: undefined, left });
}

function keep(grant: Pick<Grant, 'access_token' | 'expires_in'>) {
  accessToken = grant.access_token;
  expiresAt = Date.now() + grant.expires_in * 1000;
}

/** Goes on as another without a login between: a super admin who begins or ends to act. Nothing is carried over. */
function goOnAs(user: User, grant: Pick<Grant, 'access_token' | 'expires_in'>) {
  epoch += 1;
  renewing = undefined;
  for (const drop of forgetters) drop();
  keep(grant);
  change({ user, left: 'unknown' });
}

async function renewOnce(): Promise<string | undefined> {
  const started = epoch;
  const response = await refreshed().catch(() => {
    throw unreachable();
  });
  if (started !== epoch) return accessToken;
  if (response.status >= 500) throw problemFrom(await response.json().catch(() => undefined), response.status);
  if (!response.ok) {
    forget(state.user ? 'expired' : 'unknown');
    return undefined;
  }
  const grant = (await response.json()) as Grant;
  const before = state.user;
  // Acting cannot be renewed: who acted is themselves again.
  if (before?.acting && before.id === grant.user.id) {
    goOnAs(grant.user, grant);
    return accessToken;
  }
  // Another tab of this browser logged in as someone else and the cookie is theirs now: start over, from nothing.
  if (before && (before.id !== grant.user.id || before.company_id !== grant.user.company_id)) {
    forget('logout');
    location.replace('/');
    return undefined;
  }
  keep(grant);
  change({ user: grant.user, left: 'unknown' });
  if (!before) tabs.postMessage({ type: 'began', user: grant.user.id });
  return accessToken;
}

export const session = {
  user: () => state.user,
  left: () => state.left,
  /** Changes whenever one person's session ends and another may begin. */
  epoch: () => epoch,

  /** The access token, renewed first when it is about to run out; undefined when nobody is logged in. */
  async token(): Promise<string | undefined> {
    if (!state.user) return undefined;
    return Date.now() < expiresAt - 10_000 ? accessToken : session.renew();
  },

  /** The server no longer takes the token: it is renewed before it is used again. */
  distrust() {
    expiresAt = 0;
  },

  /** Renews by the cookie; however many ask, one request is in flight. */
  renew(): Promise<string | undefined> {
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
    return renewing;
  },

  begin(grant: Grant) {
    forget('unknown');
    keep(grant);
    change({ user: grant.user, left: 'unknown' });
    tabs.postMessage({ type: 'began', user: grant.user.id });
  },

  /** A super admin goes on as the company's; `renew` makes them themselves again. */
  act(grant: Pick<Grant, 'access_token' | 'expires_in'>, company: { id: string; name: string }, until: string) {
    if (!state.user) return;
    const as = { role: 'company_admin', company_id: company.id, company_name: company.name } as const;
    goOnAs({ ...state.user, ...as, acting: { until } }, grant);
  },

  end() {
    forget('logout');
    tabs.postMessage({ type: 'ended' });
  },

  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Runs whenever a session ends or another begins: clear caches and close sockets here. */
  onForget(drop: () => void) {
    forgetters.add(drop);
  },
};

tabs.onmessage = ({ data }: MessageEvent<{ type: 'began' | 'ended'; user?: string }>) => {
  if (data.type === 'ended') {
    if (state.user) forget('logout');
  } else if (state.user && state.user.id !== data.user) {
    forget('logout');
    location.replace('/');
  } else if (!state.user && !renewing) {
    location.reload();
  }
};

// A page that the browser kept whole for its back button may belong to someone who has logged out since.
window.addEventListener('pageshow', (event) => {
  if (event.persisted && state.user) void session.renew().catch(() => location.reload());
});
