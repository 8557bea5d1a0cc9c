import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { buildApp } from '../../server/app.ts';
import { discoverFeatures } from '../../server/discover.ts';
import { readConfig } from '../../server/platform/config.ts';
import { localEvents } from '../../server/platform/events.ts';
import { type Postgres, startPostgres } from '../../server/platform/postgres/start.ts';
import { createDoor } from '../../server/tenancy/door.ts';
import { connect } from '../../server/tenancy/pool.ts';
import { urlFor } from '../../server/tenancy/roles.ts';
import { type Caller, register } from './caller.ts';
import { type Installation, install } from './installation.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-outage-'));
chmodSync(folder, 0o711);
let postgres: Postgres;
let databaseUrl: string;
let house: Installation;
let ada: Caller;
let contact: string;
const sockets: WebSocket[] = [];

const startDatabase = async () => {
  postgres = await startPostgres({ dataDir: folder, durable: false, say: () => {} });
};

beforeAll(async () => {
  await startDatabase();
  const admin = new pg.Client({ connectionString: postgres.adminUrl });
  await admin.connect();
  await admin.query('create database bulkhead');
  await admin.end();
  const url = new URL(postgres.adminUrl);
  url.pathname = '/bulkhead';
  databaseUrl = url.href;
  house = await install({ databaseUrl });
  await house.start();
  ada = (await register(house.url, 'Nadan')).caller;
  contact = (await ada.create('/api/contacts', { first_name: 'Grace', last_name: 'Hopper' })).id;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(async () => {
  await house.remove();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** Every kind: of nobody, of a user, of a company; reads, lists, writes, transactions, under a key and not. */
const kinds = (): [method: string, path: string, body?: object, headers?: Record<string, string>][] => [
  ['GET', '/readyz'],
  ['POST', '/api/auth/login', { email: 'ada@example.com', password: 'not the one' }],
  ['GET', '/api/register/check-email/ada@example.com'],
  ['GET', '/api/auth/me'],
  ['GET', '/api/sessions'],
  ['GET', '/api/contacts'],
  ['GET', '/api/contacts?search=grace'],
  ['GET', `/api/contacts/${contact}`],
  ['GET', '/api/contacts/export'],
  ['GET', '/api/deals'],
  ['PATCH', `/api/contacts/${contact}`, { title: 'Admiral' }],
  ['POST', '/api/contacts', { first_name: 'Never', last_name: 'There' }],
  ['POST', '/api/contacts', { first_name: 'Never', last_name: 'There' }, { 'idempotency-key': 'down' }],
  ['POST', '/api/contacts/bulk', { ids: [contact], change: { title: 'Admiral' } }],
  ['DELETE', `/api/contacts/${contact}`],
];

async function expectUnavailable(url: string, token: string, withinMs: number): Promise<void> {
  const answers = await Promise.all(
    kinds().map(async ([method, path, body, headers]) => {
      const began = performance.now();
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(2 * withinMs),
      });
      const { type } = (await answer.json()) as { type: string };
      const again = Number(answer.headers.get('retry-after'));
      const slow = performance.now() - began > withinMs;
      return {
        method,
        path,
        status: answer.status,
        type,
        form: answer.headers.get('content-type'),
        again: again > 0,
        slow,
      };
    }),
  );
  const form = expect.stringContaining('application/problem+json');
  expect(answers).toEqual(
    kinds().map(([method, path]) => ({
      method,
      path,
      status: 503,
      type: '/problems/unavailable',
      form,
      again: true,
      slow: false,
    })),
  );
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
}

function socketTo(url: string, token: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/realtime`);
  sockets.push(socket);
  const heard: { type: string; id?: string }[] = [];
  socket.on('open', () => socket.send(JSON.stringify({ type: 'auth', access_token: token })));
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  return { heard, closed: new Promise<number>((resolve) => socket.on('close', resolve)) };
}

async function importOne(): Promise<void> {
  const form = new FormData();
  form.set('start', 'true');
  form.set('file', new Blob(['First Name,Last Name\r\nJo,Imported'], { type: 'text/csv' }), 'people.csv');
  const made = await ada.attempt('POST', '/api/contacts/upload-csv', form);
  expect(made?.status).toBe(201);
  await vi.waitFor(async () => expect((await ada.get(`/api/imports/${made?.body.id}`)).body.status).toBe('finished'), {
    timeout: 20_000,
    interval: 100,
  });
}

test('while the database is down every request says so at once, and all goes on by itself when it is back', async () => {
  const before = { server: house.pids('launcher'), worker: house.pids('worker') };
  const listener = socketTo(house.url, ada.token);
  await vi.waitFor(() => expect(listener.heard).toContainEqual({ type: 'ready' }), 5_000);
  await importOne();

  await postgres.stop();
  await expectUnavailable(house.url, ada.token, 5_000);
  expect(await listener.closed).toBe(1013);
  expect(await socketTo(house.url, ada.token).closed).toBe(1013);
  await expectUnavailable(house.url, ada.token, 5_000);

  await startDatabase();
  await vi.waitFor(async () => expect((await fetch(`${house.url}/readyz`)).status).toBe(200), 10_000);
  expect(
    (await ada.get('/api/contacts')).body.items.map(({ last_name }: { last_name: string }) => last_name).sort(),
  ).toEqual(['Hopper', 'Imported']);
  const again = socketTo(house.url, ada.token);
  await vi.waitFor(() => expect(again.heard).toContainEqual({ type: 'ready' }), 10_000);
  // The listener may still be on its way back: of several changes it hears the later ones.
  const told: string[] = [];
  await vi.waitFor(
    async () => {
      told.push((await ada.create('/api/contacts', { first_name: 'Told', last_name: 'Live' })).id);
      expect(again.heard.some(({ id }) => id !== undefined && told.includes(id))).toBe(true);
    },
    { timeout: 30_000, interval: 500 },
  );
  await importOne();
  expect({ server: house.pids('launcher'), worker: house.pids('worker') }).toEqual(before);
}, 150_000);

test('a database that is frozen is told as one that is down, after its time limits, and is used again when it thaws', async () => {
  const door = createDoor(
    connect({ connectionString: urlFor('bulkhead_app', databaseUrl), max: 4, statementTimeout: 1_000 }),
  );
  const config = readConfig({ BULKHEAD_RATE_ADDRESS: '0', BULKHEAD_RATE_USER: '0', BULKHEAD_RATE_COMPANY: '0' });
  const app = await buildApp({ config, door, events: localEvents(), features: await discoverFeatures() });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const list = () => fetch(`${url}/api/contacts`, { headers: { authorization: `Bearer ${ada.token}` } });
  try {
    expect((await list()).status).toBe(200);
    const { pid } = postgres;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).map(Number);
    const all = [pid, ...children];
    for (const one of all) process.kill(one, 'SIGSTOP');
    try {
      await expectUnavailable(url, ada.token, 25_000);
      await expectUnavailable(url, ada.token, 25_000);
    } finally {
      for (const one of all.reverse()) process.kill(one, 'SIGCONT');
    }
    await vi.waitFor(async () => expect((await list()).status).toBe(200), 10_000);
  } finally {
    await app.close();
    await door.close();
  }
}, 150_000);
