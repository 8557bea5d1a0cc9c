import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { issueToken } from '../../../server/platform/token.ts';
import { databaseEvidence } from '../database.ts';
import { type Login, readLogin } from '../outside/login.ts';
import type { Means } from '../outside/ways.ts';
import { readCatalog } from '../seed.ts';
import type { Evidence } from '../target.ts';
import { given } from './given.ts';
import { enterPerson, enterStaff } from './people.ts';
import { quiet, sweep } from './sweep.ts';

/** Tables that move whenever a company's own people do anything. */
const JOURNALS: ReadonlySet<string> = new Set(['sessions', 'jobs', 'audit_logs', 'security_logs', 'idempotency_keys']);

/** Two companies made for the attack, and the database as its witness. */
export interface Canaries {
  a: Login;
  b: Login;
  /** Somebody of A's who was sent away. */
  leaver: Login;
  means: Means;
  witness(asked: Evidence): Promise<Evidence>;
  /** Deletes both companies, all that is theirs, and every company that the attack opened. */
  remove(): Promise<void>;
}

/**
 * Makes two companies in this installation that nobody logs in to but the attack, by sessions that end with it: their
 * people have no password, but for those whose password the attack changes. They count in no figure of the platform.
 */
export async function openCanaries(adminUrl: string, metricsToken?: string): Promise<Canaries> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const name = `canary-probe-${randomBytes(4).toString('hex')}`;
  // Nobody has an address there (RFC 6761), so no letter of the attack reaches anybody.
  const domain = `${name}.invalid`;
  const remove = async () => {
    try {
      await sweep(client, domain);
    } finally {
      await client.end();
    }
  };
  const open = async (letter: string) => {
    const { rows } = await client.query(
      'insert into companies (name, email, is_canary) values ($1, $2, true) returning id',
      [`${name}-${letter}`, `${letter}@${domain}`],
    );
    return rows[0].id as string;
  };
  const login = async (companyId: string, who: string, status = 'active') => {
    const { sessionId } = await enterPerson(client, { companyId, email: `${who}@${domain}`, status });
    return readLogin(await tokenFor(sessionId, companyId));
  };
  try {
    await sweep(client);
    const companies = { a: await open('a'), b: await open('b') };
    const leaver = await login(companies.a, 'leaver', 'inactive');
    const staff = await enterStaff(client, `staff@${domain}`);
    const passwords = { a: randomBytes(18).toString('base64url'), b: randomBytes(18).toString('base64url') };
    return {
      a: await login(companies.a, 'a'),
      b: await login(companies.b, 'b'),
      leaver,
      means: {
        staff: readLogin(await tokenFor(staff, null)),
        domain,
        sweeps: true,
        async spare(role, email) {
          const companyId = companies[role];
          const password = passwords[role];
          const { userId, sessionId } = await enterPerson(client, { companyId, email, password });
          return { login: readLogin(await tokenFor(sessionId, companyId)), userId, sessionId, email, password };
        },
        give: (role, wanted, spare) => given(client, { companyId: companies[role], metricsToken, spare }, wanted),
      },
      async witness(asked) {
        const seen = databaseEvidence(client, await readCatalog(client));
        const still = (hashes: Map<string, string>) =>
          new Map([...hashes].filter(([place]) => !JOURNALS.has(place.split(' ')[0] as string)));
        return {
          ...seen,
          grow: asked.grow,
          hashes: async (side) => {
            await quiet(client, Object.values(companies));
            return still(await seen.hashes(side));
          },
          rows: async (side) => {
            await quiet(client, Object.values(companies));
            return still(await seen.rows(side));
          },
        };
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Seconds that a canary's login lasts: longer than a run. */
const LOGIN_LASTS = 12 * 3600;
const tokenFor = (sessionId: string, companyId: string | null) => issueToken({ sessionId, companyId }, LOGIN_LASTS);
