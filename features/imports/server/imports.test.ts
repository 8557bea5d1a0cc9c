import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { writeLargeXlsx } from './fixtures/large-files.ts';
import { temporaryFiles } from './fixtures/temporary-files.ts';
import { runImport } from './run-import.ts';
import { contactsOf, fixture, imported, removeUploads, undone, upload, work } from './testing/importer.ts';

let world: World;
let ada: Person;
let files: ReturnType<typeof temporaryFiles>;

beforeAll(async () => {
  files = temporaryFiles();
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  return () => {
    removeUploads();
    files.remove();
  };
});

const people = 'First name,Last name,Email,Phone,City\r\n';
const fresh = async () => (await world.company()).admin;

describe('an upload', () => {
  it('answers with a guessed mapping and the first rows as they would become, and imports nothing yet', async () => {
    const made = await upload(ada, `${people}Grace,Hopper,GRACE@example.com,+1 650 253 0000,New York\r\n`);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'ready',
      mode: 'skip',
      source: 'unknown',
      headers: ['First name', 'Last name', 'Email', 'Phone', 'City'],
      preview: [
        { row: 1, outcome: 'created', contact: { first_name: 'Grace', email: 'grace@example.com' }, problems: [] },
      ],
    });
    expect(made.body.mapping.map((column: { field: string }) => column.field)).toEqual([
      'first_name',
      'last_name',
      'email',
      'phone',
      'city',
    ]);
    expect(await contactsOf(world, ada.companyId)).toEqual([]);
  });

  it.each(['hubspot', 'salesforce', 'pipedrive', 'google', 'outlook'])(
    'imports what %s exports, without help',
    async (system) => {
      const person = await fresh();
      const it = await imported(world, person, await fixture(`${system}.csv`));
      expect(it).toMatchObject({ status: 'finished', source: system });
      const contacts = await contactsOf(world, person.companyId);
      expect(contacts.length).toBe(it.rows_created);
      expect(it.rows_created).toBeGreaterThan(0);
      expect(it.rows_created + it.rows_failed + it.rows_skipped).toBe(it.rows_total);
      expect(it.rows_done).toBe(it.rows_total);
      expect(contacts.every(({ owner_id }) => owner_id === person.userId)).toBe(true);
    },
  );

  it('imports a workbook', async () => {
    const person = await fresh();
    const path = files.path();
    await writeLargeXlsx(path, 1200);
    const it = await imported(world, person, readFileSync(path), {}, '/api/contacts/upload-excel');
    expect(it).toMatchObject({ status: 'finished', kind: 'xlsx', rows_created: 1200, rows_failed: 0 });
  });

  it('notes who did it, and every contact, in the audit log', async () => {
    const person = await fresh();
    const it = await imported(world, person, `${people}Ann,Lee,ann@example.com,,\r\n`);
    const { rows } = await world.admin.query(
      `select resource_type, action, user_id from audit_logs where company_id = $1 order by id`,
      [person.companyId],
    );
    expect(rows).toContainEqual({ resource_type: 'contacts', action: 'create', user_id: person.userId });
    expect(rows.filter(({ resource_type }) => resource_type === 'imports').length).toBeGreaterThan(1);
    expect(it.status).toBe('finished');
  });
});

describe('duplicates', () => {
  const old = { first_name: 'Ann', last_name: 'Lee', email: 'Ann@Example.com', city: 'Oslo', tags: ['old'] };
  const file = `First name,Last name,Email,City,Tags\r\nAnna,Lee,ann@example.com,Bergen,new\r\nBo,Ek,bo@example.com,,\r\n`;

  it('are skipped', async () => {
    const person = await fresh();
    await person.post('/api/contacts', old);
    const before = await contactsOf(world, person.companyId);
    expect(await imported(world, person, file)).toMatchObject({ rows_created: 1, rows_skipped: 1, rows_updated: 0 });
    expect((await contactsOf(world, person.companyId))[0]).toEqual(before[0]);
  });

  it('are updated: empty cells take nothing away, tags are added, and undo brings every field back', async () => {
    const person = await fresh();
    await person.post('/api/contacts', { ...old, title: 'Boss' });
    const before = await contactsOf(world, person.companyId);
    const it = await imported(world, person, file, { mode: 'update' });
    expect(it).toMatchObject({ rows_created: 1, rows_updated: 1 });
    const [ann] = await contactsOf(world, person.companyId);
    expect(ann).toMatchObject({
      first_name: 'Anna',
      city: 'Bergen',
      title: 'Boss',
      tags: ['old', 'new'],
      email: 'Ann@Example.com',
    });
    expect(await undone(world, person, it.id)).toMatchObject({
      status: 'undone',
      contacts_undone: 2,
      contacts_kept: 0,
    });
    expect(await contactsOf(world, person.companyId)).toEqual(before);
  });

  it('are created where that is wanted', async () => {
    const person = await fresh();
    await person.post('/api/contacts', old);
    expect(await imported(world, person, file, { mode: 'create' })).toMatchObject({ rows_created: 2 });
  });

  it('are found by telephone, however it is written', async () => {
    const person = await fresh();
    await person.post('/api/contacts', { first_name: 'Max', last_name: 'M', mobile: '+49 170 1234567' });
    const it = await imported(world, person, 'Name,Phone\r\nMax Muster,0170/1234567\r\n', { match_by: 'phone' });
    expect(it).toMatchObject({ rows_skipped: 1, rows_created: 0 });
  });

  it('within the file count once, across batches too', async () => {
    const person = await fresh();
    const rows = Array.from({ length: 1300 }, (_, n) => `P,${n},p${n % 400}@example.com,,\r\n`).join('');
    const it = await imported(world, person, people + rows);
    expect(it).toMatchObject({ rows_created: 400, rows_skipped: 900, rows_done: 1300 });
  });

  it("of a colleague's contacts that a rep cannot see are told, not touched and not shown", async () => {
    const admin = await fresh();
    const rep = await world.person(admin.companyId, 'sales_rep');
    const theirs = (await admin.post('/api/contacts', old)).body;
    const before = await contactsOf(world, admin.companyId);
    const updating = await imported(world, rep, file, { mode: 'update' });
    expect(updating).toMatchObject({ rows_created: 1, rows_failed: 1, rows_updated: 0 });
    const errors = await rep.get(`/api/imports/${updating.id}/errors`);
    expect(errors.body.items[0].problems[0].code).toBe('belongs_to_colleague');
    expect(errors.text).not.toContain(theirs.id);
    expect(errors.text).not.toContain('Oslo');
    expect(await imported(world, rep, file)).toMatchObject({ rows_skipped: 2 });
    expect((await contactsOf(world, admin.companyId))[0]).toEqual(before[0]);
  });

  it('that are private to a colleague are not even told', async () => {
    const admin = await fresh();
    const other = await world.person(admin.companyId, 'company_admin');
    const { id } = (await admin.post('/api/contacts', old)).body;
    await world.admin.query('update contacts set private_to = $1 where id = $2', [admin.userId, id]);
    expect(await imported(world, other, file)).toMatchObject({ rows_created: 2, rows_skipped: 0 });
  });

  it('are looked for in one company only', async () => {
    const [one, two] = [await fresh(), await fresh()];
    await one.post('/api/contacts', old);
    const before = await contactsOf(world, one.companyId);
    expect(await imported(world, two, file, { mode: 'update' })).toMatchObject({ rows_created: 2, rows_updated: 0 });
    expect(await contactsOf(world, one.companyId)).toEqual(before);
  });
});

describe('settings', () => {
  it('change the mapping, the status, the tags and the owner of new contacts', async () => {
    const admin = await fresh();
    const rep = await world.person(admin.companyId);
    const { body } = await upload(admin, 'Name,Nick\r\nAnn Lee,annie\r\n');
    const changed = await admin.put(`/api/imports/${body.id}`, {
      mapping: { Nick: 'title' },
      default_status: 'LEAD',
      tags: ['fair'],
      owner_id: rep.userId,
    });
    expect(changed.status).toBe(200);
    const preview = await admin.post(`/api/imports/${body.id}/preview`);
    const expected = { title: 'annie', status: 'LEAD', tags: ['fair'], owner_id: rep.userId };
    expect(preview.body.preview[0].contact).toMatchObject(expected);
    expect((await admin.post(`/api/imports/${body.id}/start`)).status).toBe(202);
    await work(world, admin, runImport, body.id);
    expect((await rep.get('/api/contacts')).body.items).toMatchObject([expected]);
    expect((await admin.put(`/api/imports/${body.id}`, { mode: 'skip' })).status).toBe(409);
    expect((await admin.post(`/api/imports/${body.id}/start`)).status).toBe(409);
  });

  it('refuse unknown columns and fields, a field twice, and what is no setting', async () => {
    const { body } = await upload(ada, 'Name,Nick\r\nAnn Lee,annie\r\n');
    for (const change of [
      { mapping: { Nope: 'title' } },
      { mapping: { Nick: 'password' } },
      { mapping: { Nick: 'full_name' } },
      { default_country: 'XX' },
      { company_id: ada.companyId },
      { status: 'finished' },
      {},
    ]) {
      expect((await ada.put(`/api/imports/${body.id}`, change)).status).toBe(400);
    }
  });

  it("refuse an owner of another company as one who does not exist, and a rep's choice of anybody else", async () => {
    const stranger = await fresh();
    const random = '01900000-0000-7000-8000-000000000000';
    const { body } = await upload(ada, 'Name\r\nAnn Lee\r\n');
    const put = (person: Person, id: string, owner_id: string) => person.put(`/api/imports/${id}`, { owner_id });
    const [theirs, none] = [await put(ada, body.id, stranger.userId), await put(ada, body.id, random)];
    expect(theirs.status).toBe(400);
    expect({ ...theirs.body, instance: '' }).toEqual({ ...none.body, instance: '' });
    const rep = await world.person(ada.companyId, 'sales_rep');
    const own = (await upload(rep, 'Name\r\nAnn Lee\r\n')).body;
    for (const owner of [ada.userId, stranger.userId, random]) expect((await put(rep, own.id, owner)).status).toBe(403);
    expect((await put(rep, own.id, rep.userId)).status).toBe(200);
  });

  it("add an administrator's new custom fields at the start, and leave a rep's columns without a field out", async () => {
    const admin = await fresh();
    const file = 'Name,Shoe size\r\nAnn Lee,38\r\n';
    const rep = await world.person(admin.companyId, 'sales_rep');
    const theirs = (await upload(rep, file)).body;
    expect(theirs.mapping[1].field).toBeNull();
    expect((await rep.put(`/api/imports/${theirs.id}`, { mapping: { 'Shoe size': 'custom:shoe_size' } })).status).toBe(
      400,
    );
    await imported(world, admin, file);
    expect((await contactsOf(world, admin.companyId))[0]).toMatchObject({ custom_fields: { shoe_size: '38' } });
    expect((await admin.get('/api/custom-fields')).text).toContain('"shoe_size"');
  });
});
