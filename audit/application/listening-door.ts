import { randomUUID } from 'node:crypto';
import type { Message } from '../../server/platform/events.ts';
import type { Role } from '../../server/platform/session.ts';
import { issueToken } from '../../server/platform/token.ts';
import { settingsOf } from '../../server/tenancy/context.ts';
import type { Company, Door } from '../../server/tenancy/door.ts';

export interface Heard {
  /** Companies whose door was opened. */
  companies: string[];
  /** Gate functions that were called, and for which company. */
  gates: { name: string; values: unknown[]; companyId: string | null }[];
  published: Message[];
}

/** A door behind which there is nothing: it notes whose rows are asked for, and gives the rows that it is told to. */
export interface Listening {
  readonly door: Door;
  readonly heard: Heard;
  /** What every statement answers with; nothing unless told. */
  rows: object[];
  forget(): void;
  /** The token of somebody who is logged in; null: a super admin. */
  token(companyId: string | null, role?: Role): Promise<string>;
}

export function listeningDoor(): Listening {
  const heard: Heard = { companies: [], gates: [], published: [] };
  const sessions = new Map<string, { companyId: string | null; role: Role; userId: string }>();
  const listening: Listening = {
    heard,
    rows: [],
    forget() {
      heard.companies.length = 0;
      heard.gates.length = 0;
      heard.published.length = 0;
    },
    async token(companyId, role = 'company_admin') {
      const sessionId = randomUUID();
      sessions.set(sessionId, { companyId, role, userId: randomUUID() });
      return issueToken({ sessionId, companyId });
    },
    door: {
      asCompany(context) {
        settingsOf(context);
        heard.companies.push(context.companyId);
        const statements = {
          context,
          many: async () => [...listening.rows] as never[],
          first: async () => listening.rows[0] as never,
          run: async () => listening.rows.length,
          gate: async (name: string, values: readonly unknown[] = []) => {
            heard.gates.push({ name, values: [...values], companyId: context.companyId });
            return [] as never[];
          },
        };
        return {
          ...statements,
          json: async (_query: unknown, before = Buffer.alloc(0)) =>
            ({
              count: 0,
              hidden: [],
              row: () => ({}),
              text: (_most = 0, end = '') => Buffer.concat([before, Buffer.from(end)]),
            }) as never,
          transaction: (work) => work(statements),
        } satisfies Company;
      },
      async gate(name, values = []) {
        const state = sessionState(name, values);
        if (state !== undefined) return [state] as never[];
        // Kept by a timer, whatever is being listened to when it rings.
        if (name === 'note_denials') return [];
        heard.gates.push({ name, values: [...values], companyId: null });
        return [];
      },
      ping: async () => undefined,
      close: async () => undefined,
    },
  };

  function sessionState(name: string, values: readonly unknown[]): object | undefined {
    const session = sessions.get(String(values.at(-1)));
    if (name === 'platform_session_state' && session?.companyId === null)
      return { identity_id: session.userId, email: 'super@example.com' };
    if (name !== 'session_state' || session === undefined || session.companyId !== values[0]) return undefined;
    const { userId, role } = session;
    const owners = role === 'company_admin' ? '*' : `{${userId}}`;
    return { user_id: userId, user_role: role, owners, company_status: 'active', acting_admin_email: null };
  }

  return listening;
}
