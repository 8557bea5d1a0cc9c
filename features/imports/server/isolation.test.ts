import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { runImport } from './run-import.ts';
import { imported, removeUploads, upload, work } from './testing/importer.ts';
import { undoImport } from './undo-import.ts';

let world: World;
let ada: Person;
let bob: Person;
let theirs: string;
let ready: string;
const random = '01900000-0000-7000-8000-000000000000';
const file = 'Name,Email\r\nAnn,ann@example.com\r\nBo,broken\r\n';

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  theirs = (await imported(world, ada, file)).id;
  ready = (await upload(ada, file)).body.id;
  return removeUploads;
});

const routes: ['GET' | 'PUT' | 'POST', string, object?][] = [
  ['GET', ''],
  ['PUT', '', { mode: 'update' }],
  ['POST', '/preview'],
  ['POST', '/start'],
  ['POST', '/cancel'],
  ['POST', '/undo'],
  ['GET', '/errors'],
  ['GET', '/errors.csv'],
  ['GET', '/kept'],
];

async function snapshot(): Promise<unknown> {
  const tables = ['imports', 'import_changes', 'import_errors', 'contacts'];
  const all: unknown[] = [];
  for (const table of tables) {
    const { rows } = await world.admin.query(`select * from ${table} where company_id = $1 order by id`, [
      ada.companyId,
    ]);
    all.push(rows);
  }
  return all;
}

describe.each(routes)('%s /api/imports/{id}%s', (method, path, payload) => {
  const call = (person: Pick<Person, 'call'>, id: string) =>
    person.call({ method, url: `/api/imports/${id}${path}`, ...(payload ? { payload } : {}) });

  it("answers another company's import, and one that a rep does not see, as one that does not exist", async () => {
    const before = await snapshot();
    const rep = await world.person(ada.companyId, 'sales_rep');
    for (const person of [bob, rep]) {
      const none = await call(person, random);
      for (const id of [theirs, ready]) {
        const answer = await call(person, id);
        expect(answer.status).toBe(404);
        expect(answer.text).toBe(none.text);
      }
    }
    expect(await snapshot()).toEqual(before);
  });

  it('asks for a login and for an id', async () => {
    expect((await call(world.anonymous, theirs)).status).toBe(401);
    expect((await call(ada, 'not-an-id')).status).toBe(400);
  });

  it('reaches its own', async () => {
    expect(
      (await call(ada, path === '/undo' || path === '/start' || path === '/cancel' ? theirs : ready)).status,
    ).toBeLessThan(500);
  });
});

it("a job of one company does nothing to another's import", async () => {
  const id = (await upload(ada, 'Name\r\nEve\r\n', { start: 'true' })).body.id;
  const before = await snapshot();
  await work(world, bob, runImport, id);
  await work(world, bob, undoImport, id);
  expect(await snapshot()).toEqual(before);
});

it('lists the imports that one sees: their own, their team’s, all', async () => {
  const { admin } = await world.company();
  const manager = await world.person(admin.companyId, 'sales_manager');
  const rep = await world.person(admin.companyId, 'sales_rep');
  const other = await world.person(admin.companyId, 'sales_rep');
  const { rows } = await world.admin.query(`insert into teams (company_id, name) values ($1, 'North') returning id`, [
    admin.companyId,
  ]);
  for (const { userId } of [manager, rep]) {
    await world.admin.query('insert into team_members (company_id, team_id, user_id) values ($1, $2, $3)', [
      admin.companyId,
      rows[0].id,
      userId,
    ]);
  }
  for (const person of [admin, rep, other]) await upload(person, file);
  const users = async (person: Person) =>
    (await person.get('/api/imports?limit=10')).body.items.map((one: { user_id: string }) => one.user_id).sort();
  expect(await users(rep)).toEqual([rep.userId]);
  expect(await users(manager)).toEqual([rep.userId]);
  expect(await users(admin)).toEqual([admin.userId, rep.userId, other.userId].sort());
  expect((await admin.get('/api/imports?status=nope')).status).toBe(400);
  expect((await admin.get('/api/imports?limit=2')).body.items.length).toBe(2);
});
