import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { discoverFeatures } from '../../../server/discover.ts';
import { dataFolder } from '../../../server/platform/data-folder.ts';
import { hashPassword } from '../../../server/platform/password.ts';
import { issueToken } from '../../../server/platform/token.ts';
import { createWorker } from '../../../server/platform/worker.ts';
import type { World } from '../../../test/harness.ts';
import { PASSWORD } from '../bodies.ts';
import type { Client } from '../client.ts';
import { databaseEvidence } from '../database.ts';
import { titleOf } from '../endpoints.ts';
import { type Catalog, growCompany, readCatalog, seedCompany } from '../seed.ts';
import type { Side, Target } from '../target.ts';
import { preparations } from './own-states.ts';
import { statesFor } from './states.ts';

/** Bulkhead itself, in this process: its rows are seeded in the database, and looked at there. */
export interface Inside extends Target {
  world: World;
  open(): Promise<Side>;
  /** Leaves none of the files that the attacks uploaded. */
  close(): void;
}

const OWN = 'as its own rules ask';

export async function openInside(world: World): Promise<Inside> {
  const catalog = await readCatalog(world.admin);
  const password = await hashPassword(PASSWORD);
  const companies: string[] = [];
  const open = async () => {
    const side = await openSide(world, catalog, password);
    companies.push(side.person.companyId);
    return side;
  };
  const close = () => {
    for (const id of companies) rmSync(join(dataFolder(), 'imports', id), { recursive: true, force: true });
  };
  const workOff = () => drain(world);
  const forgetJobs = async () => {
    await world.admin.query(`delete from jobs where status <> 'scheduled'`);
  };
  const prepared: Target['prepared'] = async (state, endpoint) => {
    const side = await open();
    if (state.name === OWN) return preparations[titleOf(endpoint)]?.(side, world.admin);
    if (state.name === 'grown') await growCompany(world.admin, catalog, side.company);
    if (state.sql === undefined) return side;
    return world.admin.query(state.sql, [side.person.companyId]).then(
      () => side,
      () => undefined,
    );
  };
  const address = async () => {
    const { server } = world.app;
    if (!server.listening) await world.app.listen({ port: 0, host: '127.0.0.1' });
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  };
  return {
    world,
    catalog,
    evidence: databaseEvidence(world.admin, catalog),
    anonymous: world.anonymous as Client,
    superAdmin: (await world.superAdmin()) as Client,
    leaver: await leave(world, await open()),
    as: (token) => world.as(token) as Client,
    states: (endpoint) => (titleOf(endpoint) in preparations ? [{ name: OWN }] : statesFor(catalog, endpoint)),
    // A change that the API makes: rows that are written past it are heard of by nobody.
    stir: async ({ person }) => {
      await person.call({ method: 'POST', url: '/api/contacts', payload: { first_name: 'Stir', last_name: 'Probe' } });
    },
    expired: (side) => expiredGrant(world, side),
    keys: { of: (side) => apiKeyOf(world, side), as: (key) => world.as(key) as Client },
    open,
    prepared,
    close,
    address,
    forgetJobs,
    workOff,
    timed: false,
    strict: true,
    alone: true,
    planted: new Set(),
  };
}

async function openSide(world: World, catalog: Catalog, password: string): Promise<Side> {
  const company = await seedCompany(world.admin, catalog);
  const user = company.rows.get('users') as { id: string; email: string };
  await world.admin.query(
    'insert into login_identities (email, company_id, user_id, password_hash) values ($1, $2, $3, $4)',
    [user.email, company.companyId, user.id, password],
  );
  const sessionId = company.rows.get('sessions')?.id as string;
  const token = await issueToken({ sessionId, companyId: company.companyId });
  const { companyId } = company;
  return {
    company,
    person: {
      ...(world.as(token) as Client),
      userId: user.id,
      companyId,
      token,
      credential: { authorization: `Bearer ${token}` },
    },
  };
}

async function leave(world: World, { person }: Side): Promise<Client> {
  if ((await person.call({ method: 'GET', url: '/api/users/me' })).status >= 300)
    throw new Error('the leaver was never there');
  await world.admin.query(`update users set status = 'inactive' where id = $1`, [person.userId]);
  world.app.sessions.forget(person.userId);
  return world.as(person.token) as Client;
}

async function drain({ adminUrl, door, app }: World): Promise<void> {
  const worker = createWorker({ adminUrl, door, events: app.events, features: await discoverFeatures() });
  await worker.drain();
  await worker.stop();
}

/** Somebody of the staff who acted in a company, until an hour ago. */
async function expiredGrant(world: World, { person }: Side): Promise<Client> {
  const { rows } = await world.admin.query(
    `insert into sessions (company_id, expires_at, acting_admin_id, acting_admin_email)
      values ($1, now() - interval '1 hour', gen_random_uuid(), 'staff@example.com') returning id`,
    [person.companyId],
  );
  return world.as(await issueToken({ sessionId: rows[0].id, companyId: person.companyId })) as Client;
}

/** A key of the company's admin. */
async function apiKeyOf(world: World, { person }: Side): Promise<string> {
  const key = `bhk_${randomBytes(32).toString('base64url')}`;
  await world.admin.query(
    'insert into api_keys (company_id, user_id, name, prefix, key_hash) values ($1, $2, $3, $4, $5)',
    [person.companyId, person.userId, 'probe', key.slice(0, 8), createHash('sha256').update(key).digest()],
  );
  return key;
}
