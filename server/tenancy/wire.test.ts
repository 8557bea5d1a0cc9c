import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { createDoor, type Door } from './door.ts';
import { connect } from './pool.ts';
import { q } from './query.ts';
import { urlFor } from './roles.ts';

let world: World;
let door: Door;
let proxy: net.Server;
const sockets = new Set<net.Socket>();
/** Who sent, and the types of the messages that a client sent: see PostgreSQL's "Message Formats". */
let wire: { from: 'app' | 'database'; types: string }[] = [];

beforeAll(async () => {
  world = await createWorld();
  const target = new URL(urlFor('bulkhead_app', world.adminUrl));
  const { port, host, socket } = {
    port: Number(target.port || 5432),
    host: target.hostname,
    socket: target.searchParams.get('host'),
  };
  proxy = net.createServer((app) => {
    const database = socket ? net.connect(`${socket}/.s.PGSQL.${port}`) : net.connect(port, host);
    for (const [from, to, name] of [
      [app, database, 'app'],
      [database, app, 'database'],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (chunk: Buffer) => {
        wire.push({ from: name, types: typesOf(chunk) });
        to.write(chunk);
      });
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  target.searchParams.delete('host');
  target.hostname = '127.0.0.1';
  target.port = String((proxy.address() as net.AddressInfo).port);
  door = createDoor(connect({ connectionString: target.href, max: 1 }));
});
afterAll(async () => {
  await door.close();
  for (const socket of sockets) socket.destroy();
  proxy.close();
});

function typesOf(chunk: Buffer): string {
  let types = '';
  for (let at = 0; at + 5 <= chunk.length; at += 1 + chunk.readUInt32BE(at + 1))
    types += String.fromCharCode(chunk[at] ?? 0);
  return types;
}

/** Times that the app spoke and then waited for the database. */
const roundTrips = () => wire.filter(({ from }, n) => from === 'app' && wire[n - 1]?.from !== 'app').length;
const sent = () =>
  wire
    .filter(({ from }) => from === 'app')
    .map(({ types }) => types)
    .join('');
const company = async () => {
  const { id, admin } = await world.company();
  return door.asCompany({ companyId: id, userId: admin.userId, owners: '*' });
};
const read = q.selectFrom('contacts').select('id').limit(1);

test('a statement takes one round trip, with its company: even the first time', async () => {
  const own = await company();
  await door.ping();
  wire = [];
  await own.many(read);
  expect(roundTrips()).toBe(1);
  expect(sent().match(/S/g)).toHaveLength(1);
  wire = [];
  await own.many(read);
  expect(roundTrips()).toBe(1);
  // Bind and Execute of the company, Bind and Execute of the statement, Sync; nothing is parsed or described again.
  expect(sent()).toBe('BEBES');
});

test('statements of one moment share a round trip, each in a transaction of its own', async () => {
  const [one, two] = [await company(), await company()];
  await Promise.all([one.many(read), two.many(read)]);
  wire = [];
  await Promise.all([one.many(read), two.many(read), one.many(read)]);
  expect(roundTrips()).toBeLessThanOrEqual(2);
  expect(sent()).toBe('BEBESBEBESBEBES');
});

test('a transaction of one statement takes three', async () => {
  const own = await company();
  await own.transaction((tx) => tx.many(read));
  wire = [];
  await own.transaction((tx) => tx.many(read));
  expect(roundTrips()).toBe(3);
});
