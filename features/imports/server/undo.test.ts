import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../../../test/harness.ts';
import { contactsOf, imported, removeUploads, undone } from './testing/importer.ts';

let world: World;
const fresh = async () => (await world.company()).admin;

beforeAll(async () => {
  world = await createWorld();
  return removeUploads;
});

it('keeps what was edited, deleted or put to use since, and says which and why', async () => {
  const person = await fresh();
  const old = (
    await person.post('/api/contacts', {
      first_name: 'Old',
      last_name: 'Hand',
      email: 'p0@example.com',
      city: 'Rome',
      title: 'Boss',
    })
  ).body;
  const file = `First name,Email,City\r\n${[0, 1, 2, 3, 4].map((n) => `P${n},p${n}@example.com,Paris\r\n`).join('')}`;
  const it = await imported(world, person, file, { mode: 'update' });
  const ids = (await contactsOf(world, person.companyId)).map(({ id }) => id as string);
  const [, edited, deleted, used, untouched] = ids as [string, string, string, string, string];
  await person.patch(`/api/contacts/${old.id}`, { city: 'Milan' });
  await person.patch(`/api/contacts/${edited}`, { title: 'Chief' });
  await person.delete(`/api/contacts/${deleted}`);
  await world.admin.query(`insert into notes (company_id, body, author_id, contact_id) values ($1, 'Called', $2, $3)`, [
    person.companyId,
    person.userId,
    used,
  ]);

  expect(await undone(world, person, it.id)).toMatchObject({ status: 'undone', contacts_undone: 1, contacts_kept: 4 });
  const kept = (await person.get(`/api/imports/${it.id}/kept`)).body.items;
  expect(kept.map((one: object) => ({ ...one, id: '' }))).toEqual([
    { id: '', row: 1, contact_id: old.id, action: 'updated', undo: 'partly', reason: 'Edited since: city.' },
    { id: '', row: 2, contact_id: edited, action: 'created', undo: 'kept', reason: 'It was edited since.' },
    { id: '', row: 3, contact_id: deleted, action: 'created', undo: 'kept', reason: 'It was deleted since.' },
    {
      id: '',
      row: 4,
      contact_id: used,
      action: 'created',
      undo: 'kept',
      reason: 'A deal, an activity or a note refers to it.',
    },
  ]);
  expect((await person.get(`/api/contacts/${old.id}`)).body).toMatchObject({
    first_name: 'Old',
    city: 'Milan',
    title: 'Boss',
  });
  expect((await person.get(`/api/contacts/${untouched}`)).status).toBe(404);
});

it('refuses to undo what has not ended, and what is undone', async () => {
  const person = await fresh();
  const it = await imported(world, person, 'Name\r\nAnn Lee\r\n');
  await undone(world, person, it.id);
  expect((await person.post(`/api/imports/${it.id}/undo`)).status).toBe(409);
});

const row = fc.record({
  email: fc.constantFrom('', 'a@x.example', 'A@X.example', 'b@x.example', 'c@x.example', 'd@x.example', 'broken'),
  first: fc.constantFrom('', 'Ann', 'Bo', 'Çelik', "O'Neil", '"quoted"', '=1+1'),
  city: fc.constantFrom('', 'Oslo', 'Rome'),
  tags: fc.constantFrom('', 'one', 'two;one'),
});
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

it('brings back exactly what was, whatever the file said and however often', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 40 }),
      fc.constantFrom('skip', 'update', 'create'),
      async (rows, mode) => {
        const person = await fresh();
        for (const email of ['a@x.example', 'B@x.example']) {
          await person.post('/api/contacts', {
            first_name: 'Old',
            last_name: 'Hand',
            email,
            tags: ['ONE'],
            city: 'Bonn',
          });
        }
        const before = await contactsOf(world, person.companyId);
        const lines = rows.map(({ email, first, city, tags }) => [email, first, city, tags].map(cell).join(','));
        const it = await imported(world, person, `Email,First name,City,Tags\r\n${lines.join('\r\n')}\r\n`, { mode });
        const after = await contactsOf(world, person.companyId);
        expect(it.rows_created + it.rows_updated + it.rows_skipped + it.rows_failed).toBe(it.rows_total);
        expect(after.length).toBe(before.length + it.rows_created);
        const emails = after.flatMap(({ email }) => (email ? [String(email).toLowerCase()] : []));
        if (mode !== 'create') expect(new Set(emails).size).toBe(emails.length);
        if (mode === 'skip') expect(after.slice(0, 2)).toEqual(before);
        const end = await undone(world, person, it.id);
        expect(end.contacts_kept).toBe(0);
        expect(await contactsOf(world, person.companyId)).toEqual(before);
      },
    ),
    { numRuns: 40, seed: 20261121 },
  );
});
