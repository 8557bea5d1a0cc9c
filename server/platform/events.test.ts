import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { urlFor } from '../tenancy/roles.ts';
import { type Events, type Message, sharedEvents } from './events.ts';

let world: World;
const processes: { events: Events; heard: (Message | undefined)[] }[] = [];
const change = (id: string): Message => ({ companyId: 'c', table: 'contacts', id, action: 'updated', ownerId: 'o' });
const idsOf = (heard: (Message | undefined)[]) => heard.map((message) => message && 'id' in message && message.id);

beforeAll(async () => {
  world = await createWorld();
  for (let i = 0; i < 2; i += 1) {
    const events = sharedEvents(urlFor('bulkhead_app', world.adminUrl));
    const heard: (Message | undefined)[] = [];
    events.subscribe((message) => heard.push(message));
    processes.push({ events, heard });
    // One after the other, so that the older connection is the first one's.
    await vi.waitFor(() => {
      events.publish(change('hello'));
      expect(heard.length).toBeGreaterThan(0);
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const { heard } of processes) heard.length = 0;
});
afterAll(() => Promise.all(processes.map(({ events }) => events.close())));

describe('events', () => {
  it('reach every process once, in order, in few notifications that hold ids and nothing else', async () => {
    const payloads: string[] = [];
    const raw = new pg.Client({ connectionString: world.adminUrl });
    await raw.connect();
    raw.on('notification', ({ payload }) => payloads.push(payload ?? ''));
    await raw.query('listen bulkhead_changes');
    const ids = Array.from({ length: 1000 }, (_, i) => `id ${i}`);
    for (const id of ids) processes[0]?.events.publish(change(id));
    await vi.waitFor(() => {
      for (const { heard } of processes) expect(heard).toHaveLength(1000);
    });
    for (const { heard } of processes) expect(idsOf(heard)).toEqual(ids);
    await raw.end();
    expect(payloads.length).toBeLessThan(20);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8000);
    const fields = new Set(payloads.flatMap((payload) => JSON.parse(payload).flatMap(Object.keys)));
    expect([...fields].sort()).toEqual(['action', 'companyId', 'id', 'ownerId', 'table']);
  });

  it('that could not be sent are made known to every process as missed, and later ones arrive', async () => {
    for (const { heard } of processes) heard.length = 0;
    const [one] = processes;
    await world.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bulkhead changes' order by backend_start limit 1`,
    );
    await vi.waitFor(async () => {
      one?.events.publish(change('lost'));
      for (const { heard } of processes) expect(heard).toContain(undefined);
    });
    await vi.waitFor(() => {
      one?.events.publish(change('later'));
      for (const { heard } of processes) expect(idsOf(heard).at(-1)).toBe('later');
    });
  });

  it('survive what others say on the channel', async () => {
    for (const { heard } of processes) heard.length = 0;
    for (const payload of ['', 'no json', '{}', '[null]', '7']) {
      await world.admin.query('select pg_notify($1, $2)', ['bulkhead_changes', payload]);
    }
    processes[0]?.events.publish(change('after'));
    await vi.waitFor(() => expect(idsOf(processes[1]?.heard ?? []).at(-1)).toBe('after'));
  });

  it('try to connect again for as long as the database is away', async () => {
    let attempts = 0;
    const refusing = createServer((socket) => {
      attempts += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const { port } = refusing.address() as { port: number };
    const events = sharedEvents(`postgres://x:y@127.0.0.1:${port}/z`);
    await vi.waitFor(() => expect(attempts).toBeGreaterThan(2), 5_000);
    refusing.close();
    await events.close();
  });
});
