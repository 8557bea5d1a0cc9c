import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { createWorld, type Person, type World } from '../../test/harness.ts';

// Attack 27 of the matrix: two companies at once over a handful of connections, with requests that are given up midway.
const REQUESTS = 10_000;
const AT_ONCE = 40;
const CONTACTS = 25;

interface Side {
  canary: string;
  other: string;
  person: Person;
  ids: string[];
}

let world: World;
let sides: [Side, Side];
let port: number;
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  world = await createWorld();
  await world.app.listen({ port: 0, host: '127.0.0.1' });
  port = (world.app.server.address() as AddressInfo).port;
  const make = async (canary: string, other: string): Promise<Side> => {
    const { admin } = await world.company();
    const ids: string[] = [];
    for (let n = 0; n < CONTACTS; n += 1) {
      const { body } = await admin.post('/api/contacts', { first_name: canary, last_name: `${n}`, tags: [canary] });
      ids.push(body.id);
    }
    return { canary, other, person: admin, ids };
  };
  sides = [await make('aardvark', 'buffalo'), await make('buffalo', 'aardvark')];
});

interface Outcome {
  status: number;
  text: string;
}

/** Undefined where the request was given up. */
function ask(side: Side, method: string, path: string, body: unknown, giveUpAfter: number | undefined) {
  return new Promise<Outcome | undefined>((resolve) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${side.person.token}`,
      // Under a key even a single statement has a transaction of its own.
      ...(method === 'POST' && Math.random() < 0.5 && { 'idempotency-key': randomUUID() }),
      ...(payload && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    };
    const request = http.request({ agent, port, host: '127.0.0.1', method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.once('error', () => resolve(undefined));
    });
    request.once('error', () => resolve(undefined));
    request.end(payload);
    if (giveUpAfter !== undefined) setTimeout(() => request.destroy(), giveUpAfter);
  });
}

/** Reads, writes and transactions, on one's own rows and on the other's. */
function anyRequest(own: Side, others: Side): [method: string, path: string, body?: unknown] {
  const mine = own.ids[Math.floor(Math.random() * CONTACTS)];
  const theirs = others.ids[Math.floor(Math.random() * CONTACTS)];
  const change = { title: `of ${own.canary}` };
  switch (Math.floor(Math.random() * 8)) {
    case 0:
      return ['GET', '/api/contacts?limit=50'];
    case 1:
      return ['GET', `/api/contacts?search=${own.other}`];
    case 2:
      return ['GET', `/api/contacts/${theirs}`];
    case 3:
      return ['PATCH', `/api/contacts/${theirs}`, change];
    case 4:
      return ['PATCH', `/api/contacts/${mine}`, change];
    case 5:
      return ['POST', '/api/contacts/bulk', { ids: [mine], change }];
    case 6:
      return ['POST', '/api/contacts/bulk', { ids: [mine, theirs], change }];
    default:
      return ['GET', `/api/contacts/${mine}`];
  }
}

/** Runs the requests of both companies at once, and says what was wrong with each answer. */
async function storm(count: number, statuses: readonly number[], giveUp: number) {
  const wrong: string[] = [];
  const seen = new Map<number, number>();
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const [own, others] = next++ % 2 === 0 ? sides : ([sides[1], sides[0]] as const);
      const [method, path, body] = anyRequest(own, others);
      const answer = await ask(own, method, path, body, Math.random() < giveUp ? Math.random() * 12 : undefined);
      if (answer === undefined) continue;
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      const leaks = answer.text.includes(own.other) || others.ids.some((id) => answer.text.includes(id));
      const mine =
        path.includes(others.ids[0] ?? '') || others.ids.some((id) => `${path}${JSON.stringify(body)}`.includes(id));
      const expected = mine ? [404, ...statuses] : statuses;
      if (leaks || !expected.includes(answer.status) || (mine && answer.status === 200)) {
        wrong.push(`${own.canary}: ${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { wrong, seen };
}

async function titlesAreTheirOwners(): Promise<void> {
  const { rows } = await world.admin.query(
    `select first_name, title, count(*)::int from contacts where title is not null and title <> 'of ' || first_name group by 1, 2`,
  );
  expect(rows).toEqual([]);
}

test(`${REQUESTS} interleaved requests of two companies, one in ten given up: each answer holds its own company only`, async () => {
  const { wrong, seen } = await storm(REQUESTS, [200], 0.1);
  expect(wrong).toEqual([]);
  expect(seen.get(200)).toBeGreaterThan(REQUESTS / 3);
  expect(seen.get(404)).toBeGreaterThan(REQUESTS / 5);
  await titlesAreTheirOwners();
}, 120_000);

test('backends that are killed in the middle cost 503s, never a row of the other, and the app recovers', async () => {
  let killing: Promise<unknown> = Promise.resolve();
  const killer = setInterval(() => {
    killing = world.admin
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'bulkhead_app' order by random() limit 2`,
      )
      .catch(() => undefined);
  }, 60);
  const { wrong, seen } = await storm(3_000, [200, 503], 0.05).finally(() => clearInterval(killer));
  expect(wrong).toEqual([]);
  expect(seen.get(503) ?? 0).toBeGreaterThan(0);
  await titlesAreTheirOwners();
  // A connection whose backend died last may be noticed by the next request only.
  await killing;
  await storm(100, [200, 503], 0);
  const after = await storm(200, [200], 0);
  expect(after.wrong).toEqual([]);
}, 60_000);
