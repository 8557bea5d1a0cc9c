import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { buildApp } from '../../../server/app.ts';
import { discoverFeatures } from '../../../server/discover.ts';
import { sharedEvents } from '../../../server/platform/events.ts';
import { urlFor } from '../../../server/tenancy/roles.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { TOO_MANY, UNAUTHENTICATED } from './connection.ts';
import { MOST_SEATS } from './seats.ts';

let world: World;
let ada: Person;
let rep: Person;
let bob: Person;
// Two server processes' worth of apps on one database: what one publishes the other must hear.
const ports: number[] = [];
const apps: Awaited<ReturnType<typeof buildApp>>[] = [];
const sockets: WebSocket[] = [];

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  bob = (await world.company('Sunstone')).admin;
  for (let i = 0; i < 2; i += 1) {
    const events = sharedEvents(urlFor('bulkhead_app', world.adminUrl));
    const app = await buildApp({
      config: world.app.config,
      door: world.door,
      events,
      features: await discoverFeatures(),
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    ports.push((app.server.address() as AddressInfo).port);
    apps.push(app);
  }
  return async () => {
    for (const app of apps) {
      await app.close();
      await app.events.close();
    }
  };
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});

interface Listener {
  socket: WebSocket;
  heard: { type: string; table?: string; id?: string; users?: string[] }[];
  closed: Promise<number>;
}

function open(server: number): Listener {
  const socket = new WebSocket(`ws://127.0.0.1:${ports[server]}/api/realtime`);
  sockets.push(socket);
  const heard: Listener['heard'] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  return { socket, heard, closed: new Promise((resolve) => socket.on('close', resolve)) };
}

async function listen(server: number, token: string): Promise<Listener> {
  const listener = open(server);
  await new Promise((resolve) => listener.socket.on('open', resolve));
  listener.socket.send(JSON.stringify({ type: 'auth', access_token: token }));
  await vi.waitFor(() => expect(listener.heard[0]).toEqual({ type: 'ready' }));
  return listener;
}

const publish = (ownerId: string, id: string, privateTo?: string) =>
  apps[0]?.events.publish({ companyId: ada.companyId, table: 'contacts', id, action: 'updated', ownerId, privateTo });

describe('live changes', () => {
  it("reach the same company's clients on every server process, once each, and nobody else", async () => {
    const listeners = [
      await listen(0, ada.token),
      await listen(1, ada.token),
      await listen(0, bob.token),
      await listen(1, bob.token),
    ];
    publish(ada.userId, 'one');
    publish(ada.userId, 'two');
    const told = ['one', 'two'].map((id) => ({ type: 'changed', table: 'contacts', id, action: 'updated' }));
    await vi.waitFor(() => expect(listeners[1]?.heard.slice(1)).toEqual(told));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(listeners.map(({ heard }) => heard.slice(1))).toEqual([told, told, [], []]);
  });

  it('do not tell a rep of records that they do not see', async () => {
    const [reps, admins] = [await listen(1, rep.token), await listen(1, ada.token)];
    publish(ada.userId, 'hidden');
    publish(rep.userId, 'own');
    publish(rep.userId, 'private', ada.userId);
    await vi.waitFor(() => expect(admins.heard).toHaveLength(4));
    expect(reps.heard.slice(1).map(({ id }) => id)).toEqual(['own']);
  });

  it('tell nothing before a token is proven', async () => {
    const listener = open(0);
    await new Promise((resolve) => listener.socket.on('open', resolve));
    publish(ada.userId, 'secret');
    listener.socket.send(JSON.stringify({ type: 'auth', access_token: `${ada.token}x` }));
    expect(await listener.closed).toBe(UNAUTHENTICATED);
    expect(listener.heard).toEqual([]);
  });

  it('end with the session, on every server process', async () => {
    const leaver = await world.person(ada.companyId, 'sales_rep');
    const listener = await listen(1, leaver.token);
    await world.admin.query('update sessions set revoked_at = now() where id = $1', [leaver.sessionId]);
    apps[0]?.events.publish({ forget: leaver.sessionId });
    expect(await listener.closed).toBe(UNAUTHENTICATED);
  });

  it('refuse a second token of another company on the same socket', async () => {
    const listener = await listen(0, ada.token);
    listener.socket.send(JSON.stringify({ type: 'auth', access_token: bob.token }));
    expect(await listener.closed).toBe(UNAUTHENTICATED);
  });

  it('close on words that are not understood', async () => {
    for (const words of ['hello', '{}', 'null', '{"type":"auth"}']) {
      const listener = open(0);
      await new Promise((resolve) => listener.socket.on('open', resolve));
      listener.socket.send(words);
      expect(await listener.closed).toBe(1003);
    }
  });

  it('end when the company is suspended, within seconds and without being told', async () => {
    const { admin: eve, id } = await world.company();
    const listener = await listen(1, eve.token);
    await world.admin.query(`update companies set status = 'suspended' where id = $1`, [id]);
    expect(await listener.closed).toBe(UNAUTHENTICATED);
  }, 15_000);

  it('leave places for others: a person has a limited number of sockets', async () => {
    const many = await world.person(ada.companyId, 'sales_rep');
    for (let i = 0; i < MOST_SEATS; i += 1) await listen(0, many.token);
    const over = open(0);
    await new Promise((resolve) => over.socket.on('open', resolve));
    over.socket.send(JSON.stringify({ type: 'auth', access_token: many.token }));
    expect(await over.closed).toBe(TOO_MANY);
    await listen(0, ada.token);
    sockets[0]?.terminate();
    await vi.waitFor(() => listen(0, many.token));
  });

  it('end for a client that talks without end, and for one that sends too much at once', async () => {
    const listener = await listen(0, ada.token);
    for (let i = 0; i < 50; i += 1) listener.socket.send('{"type":"ping"}');
    expect(await listener.closed).toBe(TOO_MANY);
    const other = await listen(0, ada.token);
    other.socket.send(JSON.stringify({ type: 'ping', more: 'x'.repeat(10_000) }));
    expect(await other.closed).toBe(1009);
  });

  it('do not pile up for a client that does not read: it is let go', async () => {
    const listener = await listen(0, ada.token);
    const other = await listen(0, ada.token);
    listener.socket.pause();
    const id = 'x'.repeat(500);
    for (let n = 1; n <= 30; n += 1) {
      for (let i = 0; i < 1000; i += 1) publish(ada.userId, id);
      await vi.waitFor(() => expect(other.heard).toHaveLength(1 + n * 1000), 5_000);
    }
    listener.socket.resume();
    await listener.closed;
    expect(listener.heard.length).toBeLessThan(other.heard.length);
    expect(other.socket.readyState).toBe(WebSocket.OPEN);
  }, 60_000);
});

describe('who looks at the same record', () => {
  const create = async (person: Person): Promise<string> =>
    (await person.post('/api/contacts', { first_name: 'Grace', last_name: 'Hopper' })).body.id;
  const view = ({ socket }: Listener, id: string | null) =>
    socket.send(JSON.stringify(id === null ? { type: 'viewing', id } : { type: 'viewing', table: 'contacts', id }));
  const viewers = ({ heard }: Listener) => heard.findLast(({ type }) => type === 'viewers')?.users;

  it('is told to those who look at it too, on every server process, and that they left', async () => {
    const id = await create(rep);
    const [here, there] = [await listen(0, ada.token), await listen(1, rep.token)];
    view(here, id);
    await vi.waitFor(() => expect(viewers(here)).toEqual([]));
    view(there, id);
    await vi.waitFor(() => expect([viewers(here), viewers(there)]).toEqual([[rep.userId], [ada.userId]]));
    view(there, null);
    await vi.waitFor(() => expect(viewers(here)).toEqual([]));
    view(there, id);
    await vi.waitFor(() => expect(viewers(here)).toEqual([rep.userId]));
    there.socket.terminate();
    await vi.waitFor(() => expect(viewers(here)).toEqual([]));
  });

  it('is told to nobody who may not see the record, nor are they told of', async () => {
    const id = await create(ada);
    const [owner, colleague, stranger] = [
      await listen(0, ada.token),
      await listen(1, rep.token),
      await listen(1, bob.token),
    ];
    view(owner, id);
    await vi.waitFor(() => expect(viewers(owner)).toEqual([]));
    view(colleague, id);
    view(stranger, id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([owner, colleague, stranger].map(viewers)).toEqual([[], undefined, undefined]);
  });
});
