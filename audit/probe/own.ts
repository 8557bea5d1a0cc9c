import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { buildApp } from '../../server/app.ts';
import { discoverFeatures } from '../../server/discover.ts';
import { readConfig } from '../../server/platform/config.ts';
import { localEvents } from '../../server/platform/events.ts';
import { issueToken } from '../../server/platform/token.ts';
import { createDoor } from '../../server/tenancy/door.ts';
import { connect } from '../../server/tenancy/pool.ts';
import { urlFor } from '../../server/tenancy/roles.ts';
import { databaseEvidence } from './database.ts';
import type { Evidence } from './house.ts';
import type { OpenApi } from './openapi.ts';
import { type Login, readLogin } from './outside/login.ts';
import { readCatalog } from './seed.ts';

/** Seconds that a canary's login lasts: longer than a run. */
const LOGIN_LASTS = 12 * 3600;
/** Tables that move whenever a company's own people do anything. */
const JOURNALS: ReadonlySet<string> = new Set(['sessions', 'jobs', 'audit_logs', 'security_logs', 'idempotency_keys']);

/** Two companies made for the attack, and the database as its witness. */
export interface Canaries {
  a: Login;
  b: Login;
  /** Somebody of A's who was sent away. */
  leaver: Login;
  witness(asked: Evidence): Promise<Evidence>;
  /** Deletes both companies and all that is theirs. */
  remove(): Promise<void>;
}

export async function openCanaries(adminUrl: string): Promise<Canaries> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const name = `canary-probe-${randomBytes(4).toString('hex')}`;
  const companies: string[] = [];
  const remove = async () => {
    // Letters and logs of theirs go with them; the logins belong to no company.
    await client.query(`delete from login_identities where company_id = any ($1)`, [companies]);
    await client.query(`delete from companies where id = any ($1)`, [companies]);
    await client.end();
  };
  const open = async (letter: string) => {
    const { rows } = await client.query('insert into companies (name) values ($1) returning id', [`${name}-${letter}`]);
    companies.push(rows[0].id);
    return rows[0].id as string;
  };
  try {
    const a = await open('a');
    const b = await open('b');
    const leaver = await login(client, a, `${name}-leaver@example.com`, 'inactive');
    return {
      a: await login(client, a, `${name}-a@example.com`),
      b: await login(client, b, `${name}-b@example.com`),
      leaver,
      async witness(asked) {
        const seen = databaseEvidence(client, await readCatalog(client));
        const still = (hashes: Map<string, string>) =>
          new Map([...hashes].filter(([place]) => !JOURNALS.has(place.split(' ')[0] as string)));
        return {
          ...seen,
          grow: asked.grow,
          hashes: async (side) => still(await seen.hashes(side)),
          rows: async (side) => still(await seen.rows(side)),
        };
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function login(client: pg.Client, companyId: string, email: string, status = 'active'): Promise<Login> {
  const person = await client.query(
    `insert into users (company_id, email, user_role, first_name, last_name, status) values ($1, $2, 'company_admin', 'Canary', 'Probe', $3) returning id`,
    [companyId, email, status],
  );
  await client.query('insert into login_identities (email, company_id, user_id) values ($1, $2, $3)', [
    email,
    companyId,
    person.rows[0].id,
  ]);
  const session = await client.query(
    `insert into sessions (company_id, user_id, expires_at) values ($1, $2, now() + interval '1 day') returning id`,
    [companyId, person.rows[0].id],
  );
  return readLogin(await issueToken({ sessionId: session.rows[0].id, companyId }, LOGIN_LASTS));
}

/** The app itself, beside the one that people use: the same code on the same database, with no limit on its pace. */
export async function serveBeside(adminUrl: string): Promise<{ base: URL; document: OpenApi; close(): Promise<void> }> {
  const door = createDoor(connect({ connectionString: urlFor('bulkhead_app', adminUrl), max: 4 }));
  const config = { ...readConfig(), rateLimit: { address: 0, user: 0, company: 0 } };
  const app = await buildApp({ config, door, events: localEvents(), features: await discoverFeatures() });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const base = new URL(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
  const close = async () => {
    await app.close();
    await door.close();
  };
  return { base, document: app.swagger() as OpenApi, close };
}
