import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { buildApp } from '../server/app.ts';
import { discoverFeatures } from '../server/discover.ts';
import { type Config, readConfig } from '../server/platform/config.ts';
import { localEvents } from '../server/platform/events.ts';
import type { Feature } from '../server/platform/feature.ts';
import type { Role } from '../server/platform/session.ts';
import { issueToken } from '../server/platform/token.ts';
import { createDoor, type Door } from '../server/tenancy/door.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { connect } from '../server/tenancy/pool.ts';
import { urlFor } from '../server/tenancy/roles.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  headers: LightMyRequestResponse['headers'];
  text: string;
}

/** A logged-in person (or nobody) who calls the API. */
export interface Client {
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  delete(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  call(options: InjectOptions): Promise<Answer>;
}

export interface Person extends Client {
  userId: string;
  companyId: string;
  role: Role;
  sessionId: string;
  email: string;
  token: string;
}

export interface World {
  app: FastifyInstance;
  door: Door;
  /** A superuser's connection, to look behind the curtain; what a test asserts of the app must go through the app. */
  admin: pg.Client;
  adminUrl: string;
  anonymous: Client;
  /** A company with one admin. */
  company(name?: string): Promise<{ id: string; name: string; admin: Person }>;
  person(companyId: string, role?: Role): Promise<Person>;
  superAdmin(): Promise<Client & { sessionId: string; identityId: string; email: string; token: string }>;
  as(token: string): Client;
}

export interface WorldOptions {
  /** Settings as the environment gives them. */
  env?: Record<string, string>;
  /** Features beside those that the app discovers. */
  features?: readonly Feature[];
  /** Limits are off unless told. */
  rateLimit?: Partial<Config['rateLimit']>;
  /** Connections for transactions, and as many for single statements. */
  connections?: number;
}

/** A real app on a real database of its own, made by the migrations; both go when the test file ends. */
export async function createWorld({
  env = {},
  features = [],
  rateLimit = {},
  connections = 6,
}: WorldOptions = {}): Promise<World> {
  const { adminUrl, drop } = await createDatabase();
  const door = createDoor(connect({ connectionString: urlFor('bulkhead_app', adminUrl), max: connections }));
  const config = { ...readConfig({ ...env }), rateLimit: { address: 0, user: 0, company: 0, ...rateLimit } };
  const app = await buildApp({
    config,
    door,
    events: localEvents(),
    features: [...(await discoverFeatures()), ...features],
  });
  await app.ready();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  afterAll(async () => {
    await app.close();
    await door.close();
    await admin.end();
    await drop();
  });

  const one = async (sql: string, values: unknown[]): Promise<string> => (await admin.query(sql, values)).rows[0].id;
  const world: World = {
    app,
    door,
    admin,
    adminUrl,
    anonymous: client(app),
    as: (token) => client(app, token),
    async company(name = `Company ${randomUUID().slice(0, 8)}`) {
      const id = await one('insert into companies (name) values ($1) returning id', [name]);
      return { id, name, admin: await world.person(id, 'company_admin') };
    },
    async person(companyId, role = 'sales_rep') {
      const email = `${role}.${randomBytes(6).toString('hex')}@example.com`;
      const userId = await one(
        `insert into users (company_id, email, user_role, first_name, last_name) values ($1, $2, $3, 'Test', 'Person') returning id`,
        [companyId, email, role],
      );
      await admin.query('insert into login_identities (email, company_id, user_id) values ($1, $2, $3)', [
        email,
        companyId,
        userId,
      ]);
      const sessionId = await one(
        `insert into sessions (company_id, user_id, expires_at) values ($1, $2, now() + interval '1 day') returning id`,
        [companyId, userId],
      );
      const token = await issueToken({ sessionId, companyId });
      return { ...client(app, token), userId, companyId, role, sessionId, email, token };
    },
    async superAdmin() {
      const email = `super.${randomBytes(6).toString('hex')}@example.com`;
      const identityId = await one(
        'insert into login_identities (email, is_super_admin) values ($1, true) returning id',
        [email],
      );
      const sessionId = await one(
        `insert into platform_sessions (identity_id, expires_at) values ($1, now() + interval '1 day') returning id`,
        [identityId],
      );
      const token = await issueToken({ sessionId, companyId: null });
      return { ...client(app, token), sessionId, identityId, email, token };
    },
  };
  return world;
}

function client(app: FastifyInstance, token?: string): Client {
  async function call(options: InjectOptions): Promise<Answer> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await app.inject({ ...options, headers: { ...authorization, ...options.headers } });
    const json = /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      body: json && response.body !== '' ? response.json() : undefined,
      headers: response.headers,
      text: response.body,
    };
  }
  const send =
    (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE') =>
    (url: string, body?: unknown, headers: Record<string, string> = {}) =>
      call({ method, url, headers, ...(body === undefined ? {} : { payload: body as object }) });
  return {
    call,
    get: (url, headers = {}) => call({ method: 'GET', url, headers }),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
  };
}

/** A migrated database: a copy of a template that is made once a run, for migrating takes longer than copying. */
export async function createDatabase(): Promise<{ adminUrl: string; drop: () => Promise<void> }> {
  const server = new URL(inject('adminUrl'));
  const admin = new pg.Client({ connectionString: server.href });
  await admin.connect();
  const name = `bulkhead_test_${randomBytes(6).toString('hex')}`;
  const template = `bulkhead_template_${process.ppid}`;
  await admin.query('select pg_advisory_lock(741852963)');
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) {
      await admin.query(`drop database if exists ${template}_new with (force)`);
      await admin.query(`create database ${template}_new`);
      await prepareDatabase(withName(server, `${template}_new`));
      await admin.query(`alter database ${template}_new rename to ${template}`);
    }
    await admin.query(`create database ${name} template ${template}`);
    // Rights on a database are not copied with its template.
    await admin.query(`revoke all on database ${name} from public`);
    await admin.query(`grant connect on database ${name} to bulkhead_app, bulkhead_jobs, bulkhead_auditor`);
  } finally {
    await admin.query('select pg_advisory_unlock(741852963)');
  }
  return {
    adminUrl: withName(server, name),
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

function withName(server: URL, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
