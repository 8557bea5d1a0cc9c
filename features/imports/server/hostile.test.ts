import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { temporaryFiles } from './fixtures/temporary-files.ts';
import { textRow, writeWorkbook } from './fixtures/workbook-file.ts';
import { contactsOf, folderOf, form, imported, removeUploads, upload } from './testing/importer.ts';

let world: World;
let ada: Person;
let files: ReturnType<typeof temporaryFiles>;
const excel = '/api/contacts/upload-excel';

beforeAll(async () => {
  process.env.BULKHEAD_IMPORT_BYTES = '300000';
  world = await createWorld();
  delete process.env.BULKHEAD_IMPORT_BYTES;
  ada = (await world.company('Nadan')).admin;
  files = temporaryFiles();
  return () => {
    files.remove();
    removeUploads();
  };
});

const filesLeft = () => {
  try {
    return readdirSync(folderOf(ada.companyId)).length;
  } catch {
    return 0;
  }
};

async function expectRefused(content: string | Buffer, status: number, code: string | undefined, url?: string) {
  const before = filesLeft();
  const answer = await upload(ada, content, {}, url);
  expect(answer.status).toBe(status);
  if (code !== undefined) expect(answer.body.errors?.[0].code).toBe(code);
  expect(filesLeft()).toBe(before);
  return answer;
}

it('refuses what is no table with 422, a code and a reason, and keeps no file of it', async () => {
  await expectRefused('', 422, 'file_empty');
  await expectRefused(Buffer.from('%PDF-1.7\n'), 422, 'not_a_table');
  await expectRefused(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 422, 'old_excel');
  await expectRefused('Name,Email\r\nAnn,ann@example.com\r\n', 422, 'wrong_kind', excel);
  await expectRefused(Buffer.from('PK\x03\x04 is not a zip'), 422, undefined, excel);
});

it('refuses a workbook that unpacks to hundreds of megabytes', async () => {
  const path = files.path();
  function* zeros() {
    for (let n = 0; n < 200; n += 1) yield '0'.repeat(1_000_000);
  }
  await writeWorkbook(path, { sheet: zeros() });
  const started = performance.now();
  const answer = await expectRefused(readFileSync(path), 422, 'file_too_large', excel).catch(() =>
    expectRefused(readFileSync(path), 422, undefined, excel),
  );
  expect(['file_too_large', 'unsafe_content', 'file_damaged']).toContain(answer.body.errors[0].code);
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('refuses a file that is too large with 413, and keeps nothing of it', async () => {
  process.env.BULKHEAD_IMPORT_BYTES = '300000';
  try {
    const answer = await expectRefused(`Name\r\n${'x'.repeat(400_000)}`, 413, undefined);
    expect(answer.body.type).toBe('/problems/payload-too-large');
  } finally {
    delete process.env.BULKHEAD_IMPORT_BYTES;
  }
});

it('refuses another content type with 415, a form without a file, two files, and bad fields with 400', async () => {
  expect((await ada.post('/api/contacts/upload-csv', { file: 'x' })).status).toBe(415);
  const { headers, payload } = form('Name\r\nAnn\r\n');
  const without = payload.toString().replace('; filename="people.csv"', '').replace('content-type: text/csv\r\n', '');
  const post = (body: string | Buffer) =>
    ada.call({ method: 'POST', url: '/api/contacts/upload-csv', headers, payload: body });
  expect((await post(without)).status).toBe(400);
  const text = payload.toString();
  const part = text.slice(0, text.lastIndexOf('--edge-of-a-part--'));
  const before = filesLeft();
  expect((await post(part + text)).status).toBe(400);
  for (const fields of [{ mode: 'replace' }, { mapping: '[1]' }, { mapping: 'no' }, { match_by: 'name' }]) {
    expect((await upload(ada, 'Name\r\nAnn\r\n', fields as never)).status).toBe(400);
  }
  expect((await upload(ada, 'Name\r\nAnn\r\n', { mapping: '{"Nope":"email"}' })).status).toBe(400);
  expect(filesLeft()).toBe(before);
});

it('asks for a login, and takes no company from the form', async () => {
  const anonymous = await world.anonymous.call({
    method: 'POST',
    url: '/api/contacts/upload-csv',
    ...form('Name\r\nA\r\n'),
  });
  expect(anonymous.status).toBe(401);
  const other = (await world.company()).admin;
  const answer = await upload(ada, 'Name\r\nAnn\r\n', { company_id: other.companyId, owner_id: other.userId });
  expect(answer.status).toBe(201);
  expect((await other.get('/api/imports')).body.items).toEqual([]);
  expect(answer.body.owner_id).toBe(ada.userId);
});

it('never uses the name of a file for more than showing it', async () => {
  const answer = await ada.call({
    method: 'POST',
    url: '/api/contacts/upload-csv',
    ...form('Name\r\nAnn\r\n', {}, '../../../../etc/passwd\u202Egnp.csv'),
  });
  expect(answer.status).toBe(201);
  expect(answer.body.file_name).toBe('passwdgnp.csv');
  expect(readdirSync(folderOf(ada.companyId)).every((name) => /^[0-9a-f-]{36}$/.test(name))).toBe(true);
});

it('reads Latin-1 and UTF-16, ragged rows and formulas, and hands the bad rows back to be corrected', async () => {
  const person = (await world.company()).admin;
  const latin = Buffer.from('Name;Email\r\nJürgen Weiß;j@example.com\r\n', 'latin1');
  expect(await imported(world, person, latin)).toMatchObject({ rows_created: 1 });
  const wide = Buffer.from('\uFEFFName\tEmail\r\nÅsa Öst\ta@example.com\r\n', 'utf16le');
  expect(await imported(world, person, wide)).toMatchObject({ rows_created: 1 });
  expect((await contactsOf(world, person.companyId)).map(({ last_name }) => last_name)).toEqual(['Weiß', 'Öst']);

  const ragged = [
    'Name,Email,City,Score',
    'Short,short@example.com',
    'Wide,wide@example.com,Oslo,1,2,3',
    'Bad,not-an-address,Oslo,1',
    '=HYPERLINK(1),f@example.com,-Rome,+1',
    ',,,',
    ',,Nowhere,5',
    'Score,s@example.com,Oslo,many',
    'Fine,fine@example.com,Oslo,5',
  ].join('\r\n');
  const it = await imported(world, person, ragged);
  expect(it).toMatchObject({ rows_total: 7, rows_created: 3, rows_failed: 4, rows_with_warnings: 1 });
  const errors = (await person.get(`/api/imports/${it.id}/errors`)).body.items;
  expect(
    errors.map((one: { row: number; failed: boolean; problems: { code: string }[] }) => [
      one.row,
      one.failed,
      one.problems[0]?.code,
    ]),
  ).toEqual([
    [1, true, 'row_too_short'],
    [2, true, 'row_too_wide'],
    [3, true, 'invalid_email'],
    [6, true, 'nameless'],
    [7, false, 'invalid_number'],
  ]);
  const pages = await person.get(`/api/imports/${it.id}/errors?limit=2&failed=true`);
  const next = await person.get(`/api/imports/${it.id}/errors?limit=2&failed=true&cursor=${pages.body.next_cursor}`);
  expect([...pages.body.items, ...next.body.items].map(({ row }) => row)).toEqual([1, 2, 3, 6]);
});

it('gives a file of bad rows that runs no formula, and that imports again once corrected', async () => {
  const person = (await world.company()).admin;
  const it = await imported(
    world,
    person,
    'Name,Email,City\r\n=1+1,broken,"@Rome, ""x"""\r\nAnn,ann@example.com,Oslo\r\n',
  );
  const file = await person.get(`/api/imports/${it.id}/errors.csv`);
  expect(file.headers['content-type']).toContain('text/csv');
  expect(file.headers['content-disposition']).toContain('attachment');
  const [header, line, end] = file.text.replace('\uFEFF', '').split('\r\n');
  expect(header).toBe('Import row,Import outcome,Import column,Import value,Import problem,Name,Email,City');
  expect(line).toMatch(/^1,failed,Email,broken,.*,'=1\+1,broken,"'@Rome, ""x"""$/);
  expect(end).toBe('');
  const again = await imported(world, person, file.text.replaceAll(',broken,', ',bo@example.com,'));
  expect(again).toMatchObject({ rows_total: 1, rows_created: 1, rows_failed: 0 });
  expect((await contactsOf(world, person.companyId)).at(-1)).toMatchObject({
    email: 'bo@example.com',
    city: '@Rome, "x"',
  });
});

it('takes a workbook with a formula for what it shows', async () => {
  const person = (await world.company()).admin;
  const path = files.path();
  await writeWorkbook(path, {
    rows: `${textRow('Name', 'Email')}<row><c t="str"><f>"A"&amp;"nn"</f><v>Ann Lee</v></c><c t="inlineStr"><is><t>ann@example.com</t></is></c></row>`,
  });
  expect(await imported(world, person, readFileSync(path), {}, excel)).toMatchObject({ rows_created: 1 });
  expect((await contactsOf(world, person.companyId))[0]).toMatchObject({ first_name: 'Ann', last_name: 'Lee' });
});

it('does not stop at text that the database cannot hold', async () => {
  const person = (await world.company()).admin;
  const lone = Buffer.concat([
    Buffer.from('\uFEFFName\tNotes\r\nAnn\t', 'utf16le'),
    Buffer.from([0x3d, 0xd8]),
    Buffer.from('x\r\nBo\tfine\r\n', 'utf16le'),
  ]);
  const it = await imported(world, person, lone);
  expect(it).toMatchObject({ status: 'finished', rows_total: 2 });
  expect(it.rows_created).toBeGreaterThan(0);
});
