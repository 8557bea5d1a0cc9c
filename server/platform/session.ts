import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Door } from '../tenancy/door.ts';
import { q, statement } from '../tenancy/query.ts';
import type { Permissions } from './permissions.ts';
import { verifyToken } from './token.ts';

export type Role = 'company_admin' | 'sales_manager' | 'sales_rep';

/** Who calls, as the database knows them now (or some seconds ago: see `SECONDS`). */
export type Caller =
  | {
      kind: 'user';
      companyId: string;
      sessionId: string | null;
      apiKeyId: string | null;
      /** Null for a super admin who acts for the company. */
      userId: string | null;
      role: Role;
      owners: '*' | readonly string[];
      companyStatus: 'active' | 'suspended';
      actingAdmin: string | null;
      /** What a role of the company's own narrows the built-in one to; null where they have none. */
      permissions: Permissions | null;
    }
  | { kind: 'super'; sessionId: string; identityId: string; email: string };

/** How long an ended session, a changed role or a suspended company may go unnoticed by another process. */
const SECONDS = 5;
export const API_KEY_PREFIX = 'bhk_';

export interface Sessions {
  /** The caller that a bearer token stands for; undefined where it is no good. */
  callerOf(token: string): Caller | undefined | Promise<Caller | undefined>;
  /** Forgets a session, key, or with no argument all: the next request asks the database again. */
  forget(id?: string): void;
}

export function createSessions(door: Door): Sessions {
  const callers = new LRUCache<string, Caller>({ max: 20_000, ttl: SECONDS * 1000 });

  let forgotten = 0;

  async function load(key: string, ask: () => Promise<Caller | undefined>): Promise<Caller | undefined> {
    const before = forgotten;
    const caller = await ask();
    // What was asked before something was forgotten may be what was to be forgotten.
    if (caller !== undefined && before === forgotten) callers.set(key, caller);
    return caller;
  }

  function bySession(claims: { sessionId: string; companyId: string | null } | undefined) {
    if (claims === undefined) return undefined;
    const { sessionId, companyId } = claims;
    const key = `${companyId}/${sessionId}`;
    return (
      callers.get(key) ??
      load(key, () => (companyId === null ? superAdmin(door, sessionId) : companyUser(door, companyId, sessionId)))
    );
  }

  return {
    callerOf(token) {
      if (token.startsWith(API_KEY_PREFIX)) {
        const hash = createHash('sha256').update(token).digest();
        const key = hash.toString('base64');
        return callers.get(key) ?? load(key, () => keyHolder(door, hash));
      }
      const claims = verifyToken(token);
      return claims instanceof Promise ? claims.then(bySession) : bySession(claims);
    },
    forget(id) {
      forgotten += 1;
      if (id === undefined) callers.clear();
      for (const [key, caller] of callers.entries()) {
        const ids =
          caller.kind === 'user'
            ? [caller.sessionId, caller.apiKeyId, caller.userId, caller.companyId]
            : [caller.sessionId];
        if (ids.includes(id ?? null)) callers.delete(key);
      }
    },
  };
}

interface State {
  user_id: string | null;
  user_role: Role;
  owners: string;
  company_status: 'active' | 'suspended';
}

function fromState(state: State, companyId: string) {
  return {
    kind: 'user' as const,
    companyId,
    userId: state.user_id,
    role: state.user_role,
    owners: state.owners === '*' ? ('*' as const) : state.owners.slice(1, -1).split(','),
    companyStatus: state.company_status,
  };
}

const ownRole = statement(['user_id'], (slot) =>
  q
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select('roles.permissions')
    .where('users.id', '=', slot.user_id),
);

/** An admin's role narrows nothing: they could give themselves another, and a company must not lock itself out. */
async function permissionsOf(
  door: Door,
  companyId: string,
  { user_id, user_role }: State,
): Promise<Permissions | null> {
  if (user_id === null || user_role === 'company_admin') return null;
  const company = door.asCompany({ companyId, userId: user_id, owners: [user_id] });
  return ((await company.first(ownRole({ user_id })))?.permissions ?? null) as Permissions | null;
}

async function companyUser(door: Door, companyId: string, sessionId: string): Promise<Caller | undefined> {
  const [state] = await door.gate<State & { acting_admin_email: string | null }>('session_state', [
    companyId,
    sessionId,
  ]);
  if (state === undefined) return undefined;
  const permissions = await permissionsOf(door, companyId, state);
  const actingAdmin = state.acting_admin_email;
  return { ...fromState(state, companyId), sessionId, apiKeyId: null, actingAdmin, permissions };
}

async function keyHolder(door: Door, hash: Buffer): Promise<Caller | undefined> {
  const [state] = await door.gate<State & { company_id: string; key_id: string }>('api_key_state', [hash]);
  if (state === undefined) return undefined;
  const permissions = await permissionsOf(door, state.company_id, state);
  const { company_id, key_id } = state;
  return { ...fromState(state, company_id), sessionId: null, apiKeyId: key_id, actingAdmin: null, permissions };
}

async function superAdmin(door: Door, sessionId: string): Promise<Caller | undefined> {
  const [state] = await door.gate<{ identity_id: string; email: string }>('platform_session_state', [sessionId]);
  return state && { kind: 'super', sessionId, identityId: state.identity_id, email: state.email };
}
