import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { createWorld, type Person, type World } from '../test/harness.ts';
import { projectRoot } from './platform/project-root.ts';

let world: World;
let server: ChildProcess;
let url: string;
let ada: Person;
let bob: Person;

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
const api = ({ token }: Person, path: string, method = 'GET', body?: object) =>
  fetch(`${url}${path}`, {
    method,
    // A connection that was handed to a process in the moment of its death is never answered.
    signal: AbortSignal.timeout(5_000),
    headers: {
      authorization: `Bearer ${token}`,
      connection: 'close',
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'server/main.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: world.adminUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      BULKHEAD_PROCESSES: '2',
      BULKHEAD_DEMO: '0',
      BULKHEAD_RATE_USER: '300',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), {
    timeout: 45_000,
    interval: 200,
  });
}, 60_000);
afterAll(async () => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
});

interface Listener {
  heard: { type: string; id?: string }[];
  closed: Promise<number>;
}

async function listen({ token }: Person): Promise<Listener> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/realtime`);
  const heard: Listener['heard'] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ type: 'auth', access_token: token }));
  await vi.waitFor(() => expect(heard[0]).toEqual({ type: 'ready' }), 5_000);
  return { heard, closed };
}

/** The processes that a process started, the worker left out. */
function serversOf(parent: number): number[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(/\s+/).map(Number);
  return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server/main'));
}

describe('several server processes on one port', () => {
  it("tell a company's clients, wherever they are connected, of each change once, and no other company's", async () => {
    // Connections go to the processes in turn, so each company listens on both.
    const [adas, bobs] = [
      [ada, ada, ada, ada],
      [bob, bob, bob, bob],
    ].map((people) => people.map(listen));
    const [ours, theirs] = [await Promise.all(adas ?? []), await Promise.all(bobs ?? [])];
    const answer = await api(ada, '/api/contacts', 'POST', { first_name: 'Grace', last_name: 'Hopper' });
    const { id } = (await answer.json()) as { id: string };
    const changes = ({ heard }: Listener) => heard.filter((message) => message.id === id).length;
    await vi.waitFor(() => expect(ours.map(changes)).toEqual([1, 1, 1, 1]), 5_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(ours.map(changes)).toEqual([1, 1, 1, 1]);
    expect(theirs.map(({ heard }) => heard)).toEqual(theirs.map(() => [{ type: 'ready' }]));
  });

  it('all notice within moments that a session was ended through one of them', async () => {
    const leaver = await world.person(ada.companyId);
    const listeners = await Promise.all([1, 2, 3, 4].map(() => listen(leaver)));
    for (let i = 0; i < 4; i += 1) expect((await api(leaver, '/api/contacts')).status).toBe(200);
    expect((await api(leaver, `/api/sessions/${leaver.sessionId}`, 'DELETE')).status).toBeLessThan(300);
    const ended = Date.now();
    await Promise.all(listeners.map(({ closed }) => closed));
    expect(Date.now() - ended).toBeLessThan(2_000);
    for (let i = 0; i < 4; i += 1) expect((await api(leaver, '/api/contacts')).status).toBe(401);
  });

  it('count requests together: two do not let a user make twice as many', async () => {
    const busy = await world.person(ada.companyId);
    const started = Date.now();
    let passed = 0;
    for (let sent = 0; sent < 600; sent += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => api(busy, '/api/contacts?limit=1')));
      passed += answers.filter(({ status }) => status === 200).length;
    }
    const refilled = ((Date.now() - started) / 60_000) * 300;
    expect(passed).toBeGreaterThanOrEqual(280);
    expect(passed).toBeLessThan(300 * 1.3 + refilled);
  }, 60_000);

  it.runIf(process.platform === 'linux')('go on when one is killed, which comes back', async () => {
    const [victim, ...others] = serversOf(server.pid as number);
    expect(others).toHaveLength(1);
    process.kill(victim as number, 'SIGKILL');
    await vi.waitFor(
      async () => {
        expect((await api(ada, '/api/contacts')).status).toBe(200);
        const now = serversOf(server.pid as number);
        expect(now).toHaveLength(2);
        expect(now).not.toContain(victim);
      },
      { timeout: 40_000, interval: 200 },
    );
  });

  it('end together, without an error, when they are told to', async () => {
    const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve({ code, signal })));
    server.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  }, 30_000);
});
