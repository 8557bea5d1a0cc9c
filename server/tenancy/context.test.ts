import type { Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { NO_COMPANY, type Settings, settingsOf } from './context.ts';
import { createDoor } from './door.ts';
import { connect } from './pool.ts';
import { q } from './query.ts';
import { urlFor } from './roles.ts';
import { Lane } from './wire/lane.ts';
import type { Answer } from './wire/statement.ts';

let world: World;
let companyId: string;
let userId: string;
/** One connection of the app's role, whose backend stays the same through all of this file. */
let client: pg.Client;
let lane: Lane;

beforeAll(async () => {
  world = await createWorld();
  const company = await world.company();
  companyId = company.id;
  userId = company.admin.userId;
  await company.admin.post('/api/contacts', { first_name: 'Ada', last_name: 'Lovelace' });
  client = new pg.Client({ connectionString: urlFor('bulkhead_app', world.adminUrl) });
  lane = await Lane.open(
    client,
    () => undefined,
    () => undefined,
  );
});
afterAll(() => lane.close());

const send = (text: string, settings: Settings, values: unknown[] = []): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, answer: Answer) => (error === null ? resolve(answer) : reject(error));
    lane.write([{ text, values, settings, done }]);
  });
const own = (): Settings => settingsOf({ companyId, userId, owners: '*' });
/** Asks the lane's own backend past the lane, which would set a company first: the first row's values. */
function past(text: string): Promise<string[]> {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  const message = Buffer.from(`Q....${text}\0`);
  message.writeInt32BE(message.length - 1, 1);
  return new Promise((resolve) => {
    const values: string[] = [];
    stream.on('data', function hear(chunk: Buffer) {
      for (let at = 0; at < chunk.length; at += 1 + chunk.readInt32BE(at + 1)) {
        const type = chunk.toString('latin1', at, at + 1);
        if (type === 'D') {
          let from = at + 7;
          for (let n = chunk.readInt16BE(at + 5); n > 0; n -= 1) {
            const length = chunk.readInt32BE(from);
            values.push(chunk.toString('utf8', from + 4, from + 4 + length));
            from += 4 + length;
          }
        }
        if (type !== 'Z') continue;
        stream.off('data', hear);
        resolve(values);
      }
    });
    stream.write(message);
  });
}
const left = () =>
  past(`select pg_backend_pid(), current_setting('app.company_id', true), current_setting('app.user_id', true),
    current_setting('app.owners', true)`);

describe('without a company', () => {
  test.each([undefined, null, '', 'not-a-uuid', '*', '{}'])('asCompany(%j) throws', (given) => {
    const context = { companyId: given as string, userId: null, owners: '*' as const };
    expect(() => world.door.asCompany(context)).toThrow('without a company');
  });

  test('asCompany without a context throws', () => {
    expect(() => world.door.asCompany(undefined as never)).toThrow('without a company');
  });

  test.each(['x', "'; drop table contacts; --"])('asCompany with the user %j throws', (given) => {
    expect(() => world.door.asCompany({ companyId, userId: given, owners: '*' })).toThrow('malformed user');
  });

  test('no row is read, changed or deleted', async () => {
    expect((await send('select id from contacts', NO_COMPANY)).rows).toEqual([]);
    expect((await send(`update contacts set first_name = 'X'`, NO_COMPANY)).rowCount).toBe(0);
    expect((await send('delete from contacts', NO_COMPANY)).rowCount).toBe(0);
  });

  test('no row is written', async () => {
    const insert = `insert into contacts (first_name, last_name, owner_id) values ('A', 'B', app.uuid7())`;
    await expect(send(insert, NO_COMPANY)).rejects.toThrow(/null value|row-level security/);
  });

  test('a company that does not exist has no rows and gets none', async () => {
    const nobody = settingsOf({ companyId: '00000000-0000-7000-8000-000000000000', userId, owners: '*' });
    expect((await send('select id from contacts', nobody)).rows).toEqual([]);
    await expect(send(`insert into tags (name) values ('x')`, nobody)).rejects.toThrow(/foreign key/);
  });
});

describe('the company does not outlive its statement on the same backend', () => {
  const cases: [string, () => Promise<unknown>][] = [
    ['success', () => send('select id from contacts', own())],
    ['an error of the statement', () => send('select 1 / 0', own())],
    ['an error of its syntax', () => send('selec', own())],
    ['a refused write', () => send('select * from login_identities', own())],
    ['values that do not fit', () => send('select $1::uuid', own(), ['x'])],
    ['the timeout', () => send('select pg_sleep(20)', own())],
    ['a cancel', () => cancelled(send('select pg_sleep(20)', own()))],
  ];

  test.each(cases)('after %s', async (name, work) => {
    const [pid] = await left();
    if (name === 'the timeout') await past('set statement_timeout = 200');
    const outcome = await work().then(
      (rows) => ({ rows }),
      (error: Error) => ({ error }),
    );
    await past('set statement_timeout = 0');
    expect('error' in outcome).toBe(name !== 'success');
    expect(await left()).toEqual([pid, '', '', '']);
    expect((await send('select id from contacts', NO_COMPANY)).rows).toEqual([]);
  });

  async function cancelled<T>(query: Promise<T>): Promise<T> {
    setTimeout(() => {
      const { processID } = client as unknown as { processID: number };
      void world.admin.query('select pg_cancel_backend($1)', [processID]);
    }, 100);
    return query;
  }
});

describe('a transaction', () => {
  test('leaves no company on its connection: not after commit, error, or a statement that failed', async () => {
    const connections = connect({ connectionString: urlFor('bulkhead_app', world.adminUrl), max: 1 });
    const door = createDoor(connections);
    const company = door.asCompany({ companyId, userId, owners: '*' });
    const contacts = q.selectFrom('contacts').select('id');
    const broken = q.selectFrom('contacts').select('first_name').where('id', '=', 'x');
    const outcomes = [
      () => company.transaction((tx) => tx.many(contacts)),
      () => company.transaction(() => Promise.reject(new Error('the work failed'))),
      () => company.transaction((tx) => tx.many(broken)),
      // The failure is swallowed: the commit is a rollback.
      () => company.transaction((tx) => tx.many(broken).catch(() => undefined)),
    ];
    const pids = new Set<number>();
    for (const work of outcomes) {
      await work().catch(() => undefined);
      const one = await connections.pool.connect();
      const { rows } =
        await one.query(`select pg_backend_pid() as pid, current_setting('app.company_id', true) as company,
        (select count(*)::int from contacts) as seen`);
      one.release();
      pids.add(rows[0].pid);
      expect(rows[0]).toMatchObject({ company: '', seen: 0 });
    }
    expect(pids.size).toBe(1);
    await door.close();
  });

  test('refuses a statement that comes after its end', async () => {
    let late: (() => Promise<unknown>) | undefined;
    await world.door.asCompany({ companyId, userId, owners: '*' }).transaction(async (tx) => {
      late = () => tx.many(q.selectFrom('contacts').select('id'));
    });
    await expect(late?.()).rejects.toThrow('after the end of its transaction');
  });
});
