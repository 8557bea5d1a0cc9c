import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { discoverFeatures } from '../../server/discover.ts';
import { dataFolder } from '../../server/platform/data-folder.ts';
import { hashPassword } from '../../server/platform/password.ts';
import { issueToken } from '../../server/platform/token.ts';
import { createWorker } from '../../server/platform/worker.ts';
import type { Client, Person, World } from '../../test/harness.ts';
import { PASSWORD } from './bodies.ts';
import { type Catalog, readCatalog, type Seeded, seedCompany } from './seed.ts';

/** A company with rows in every table, and its admin, logged in. */
export interface Side {
  company: Seeded;
  person: Person;
}

/** What all attacks of a run share. */
export interface House {
  world: World;
  catalog: Catalog;
  superAdmin: Client;
  /** Somebody who worked in a company and no longer does: their token is signed well and has not expired. */
  leaver: Client;
  open(): Promise<Side>;
  /** Leaves none of the files that the attacks uploaded. */
  close(): void;
  /** Forgets every job that is due: letters of other attacks. */
  forgetJobs(): Promise<void>;
  /** Runs every job that was caused so far. */
  workOff(): Promise<void>;
}

export async function openHouse(world: World): Promise<House> {
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
  return {
    world,
    catalog,
    superAdmin: await world.superAdmin(),
    leaver: await leave(world, await open()),
    open,
    close,
    forgetJobs,
    workOff,
  };
}

async function openSide(world: World, catalog: Catalog, password: string): Promise<Side> {
  const company = await seedCompany(world.admin, catalog);
  const user = company.rows.get('users') as { id: string; email: string; user_role: Person['role'] };
  await world.admin.query(
    'insert into login_identities (email, company_id, user_id, password_hash) values ($1, $2, $3, $4)',
    [user.email, company.companyId, user.id, password],
  );
  const sessionId = company.rows.get('sessions')?.id as string;
  const token = await issueToken({ sessionId, companyId: company.companyId });
  const { companyId } = company;
  const { id: userId, email, user_role: role } = user;
  return { company, person: { ...world.as(token), userId, companyId, role, sessionId, email, token } };
}

async function leave(world: World, { person }: Side): Promise<Client> {
  if ((await person.get('/api/users/me')).status >= 300) throw new Error('the leaver was never there');
  await world.admin.query(`update users set status = 'inactive' where id = $1`, [person.userId]);
  world.app.sessions.forget(person.userId);
  return world.as(person.token);
}

async function drain({ adminUrl, door, app }: World): Promise<void> {
  const worker = createWorker({ adminUrl, door, events: app.events, features: await discoverFeatures() });
  await worker.drain();
  await worker.stop();
}

/** A key of the company's admin. */
export async function apiKeyOf({ world }: House, { person }: Side): Promise<string> {
  const key = `bhk_${randomBytes(32).toString('base64url')}`;
  await world.admin.query(
    'insert into api_keys (company_id, user_id, name, prefix, key_hash) values ($1, $2, $3, $4, $5)',
    [person.companyId, person.userId, 'probe', key.slice(0, 8), createHash('sha256').update(key).digest()],
  );
  return key;
}
