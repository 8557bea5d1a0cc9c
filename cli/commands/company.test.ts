import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { makePipeline } from '../../features/pipelines/server/testing.ts';
import { type Archive, readArchive } from '../../operations/archive/read-archive.ts';
import { fingerprints } from '../../operations/fingerprint.ts';
import { reading } from '../../operations/operator.ts';
import { ownedTables } from '../../operations/tables.ts';
import { dataFolder } from '../../server/platform/data-folder.ts';
import { bulkhead } from '../../test/cli.ts';
import { createDatabase, createWorld } from '../../test/harness.ts';

const world = await createWorld();
const a = await world.company('Nadan');
const b = await world.company('Sunstone');
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-archives-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => bulkhead(world.adminUrl, 'company', ...args);
const hashes = (id: string, adminUrl = world.adminUrl) =>
  reading(adminUrl, async (client) => fingerprints(client, await ownedTables(client), id));
const fileOf = (id: string) => join(dataFolder(), 'imports', id, 'upload');

beforeAll(async () => {
  for (const { id, admin } of [a, b]) {
    const contact = await admin.post('/api/contacts', {
      first_name: 'Zoë',
      last_name: `of ${id}`,
      email: `zoe@${id}.example`,
      tags: ['vip', 'a "quoted", \\ tag'],
      notes: 'two\nlines\t and null \\N',
    });
    expect(contact.status).toBe(201);
    await admin.post('/api/notes', { body: `about Zoë of ${id}`, contact_id: contact.body.id });
    const { id: pipeline_id, first } = await makePipeline(admin);
    const deal = await admin.post('/api/deals', { title: 'Ten boats', value: '1234.50', pipeline_id, stage_id: first });
    expect(deal.status).toBe(201);
    await mkdir(join(dataFolder(), 'imports', id), { recursive: true });
    await writeFile(fileOf(id), `rows of ${id}`);
  }
});

it('exports a company with all its rows, and brings it back after it was removed, hash for hash', async () => {
  const [before, others] = [await hashes(a.id), await hashes(b.id)];
  const file = join(folder, 'a.zip');
  const exported = await run('export', 'nadan', file);
  expect(exported).toMatchObject({ code: 0 });
  expect(exported.said).toMatch(/contacts +1 /);
  expect(exported.said).not.toContain(b.id);
  expect(readFileSync(file).includes(b.id)).toBe(false);

  expect(await run('verify', file)).toMatchObject({ code: 0 });
  await a.admin.post('/api/contacts', { first_name: 'One', last_name: 'More' });
  const changed = await run('verify', file);
  expect(changed).toMatchObject({ code: 1 });
  expect(changed.said).toContain('contacts: 1 rows in the archive, 2 here');

  expect(await run('import', file)).toMatchObject({ code: 1 });
  expect(await run('delete', a.id, '--now', 'Sunstone')).toMatchObject({ code: 2 });
  const gone = await run('delete', a.id, '--now', 'Nadan');
  expect(gone).toMatchObject({ code: 0, said: expect.stringContaining('no table of companies’ rows has one') });
  expect(await hashes(a.id)).toEqual({});
  expect(() => readFileSync(fileOf(a.id))).toThrow();
  expect(await hashes(b.id)).toEqual(others);

  expect(await run('restore', file)).toMatchObject({ code: 0 });
  expect(await hashes(a.id)).toEqual(before);
  expect(readFileSync(fileOf(a.id), 'utf8')).toBe(`rows of ${a.id}`);
  expect(await hashes(b.id)).toEqual(others);
  expect((await a.admin.get('/api/contacts')).body.items).toHaveLength(1);
});

it('brings nothing of an archive that was changed, whichever part of it', async () => {
  const [before, others] = [await hashes(a.id), await hashes(b.id)];
  const file = join(folder, 'whole.zip');
  await run('export', a.id, file);
  const archive = await readArchive(file);
  const lines = await text(await archive.open('tables/contacts.ndjson'));
  const columns = archive.manifest.tables.contacts?.columns ?? [];
  const foreign = (await world.admin.query('select id, owner_id from contacts where company_id = $1', [b.id])).rows[0];
  const row = JSON.parse(lines.trim()) as string[];
  const changed = (column: string, value: string) => {
    const other = [...row];
    other[columns.indexOf(column)] = value;
    return `${JSON.stringify(other)}\n`;
  };
  const parts: [part: string, content: string][] = [
    ['tables/contacts.ndjson', changed('email', 'mallory@example.org')],
    ['tables/contacts.ndjson', changed('owner_id', foreign.owner_id)],
    ['tables/contacts.ndjson', ''],
    ['files/imports/upload', 'rows of nobody'],
  ];
  await run('delete', a.id, '--now', 'Nadan');
  for (const [i, [part, content]] of parts.entries()) {
    const tampered = join(folder, `tampered-${i}.zip`);
    await rewrite(archive, part, content, tampered);
    expect((await run('import', tampered)).code).toBe(1);
    expect(await hashes(a.id)).toEqual({});
    expect(() => readFileSync(fileOf(a.id))).toThrow();
  }
  archive.close();
  expect(await run('import', file)).toMatchObject({ code: 0 });
  expect(await hashes(a.id)).toEqual(before);
  expect(await hashes(b.id)).toEqual(others);
});

it('writes and removes nothing outside the data folder, wherever an archive says that its files lie', async () => {
  const file = join(folder, 'strange.zip');
  await run('export', a.id, file);
  const archive = await readArchive(file);
  const { manifest } = archive;
  const victim = join(folder, 'victim');
  await mkdir(victim);
  await writeFile(join(victim, 'kept'), 'kept');
  const { files, tables, company } = manifest;
  const strange = [
    { company: { ...company, id: '../../victim' }, tables: {}, files: {} },
    { company: { ...company, id: relative(dataFolder(), victim) }, tables: {}, files },
    ...[
      '../victim/evil',
      './evil',
      'imports/../evil',
      'imports/..',
      'postgres/evil',
      'imports/a\\..\\evil',
      'imports',
    ].map((name) => ({
      files: { ...files, [name]: { bytes: 4, sha256: '0' } },
    })),
  ];
  for (const [i, part] of strange.entries()) {
    const path = join(folder, `strange-${i}.zip`);
    await rewrite(archive, 'manifest.json', JSON.stringify({ ...manifest, tables, ...part }), path);
    const { code, said } = await run('import', path);
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/no company's id|names a file that it may not/),
    });
    expect(readdirSync(victim)).toEqual(['kept']);
  }
  archive.close();
});

it('means by an id the company that has it, whatever others call themselves', async () => {
  const { rows } = await world.admin.query('update companies set name = $2 where id = $1 returning name', [b.id, a.id]);
  expect(rows).toEqual([{ name: a.id }]);
  const { code, said } = await run('export', a.id, join(folder, 'called.zip'));
  await world.admin.query(`update companies set name = 'Sunstone' where id = $1`, [b.id]);
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Nadan is in') });
});

/** The same archive with one part changed. */
async function rewrite(archive: Archive, part: string, content: string, path: string): Promise<void> {
  const zip = new ZipFile();
  for (const name of archive.names) {
    const whole = await buffer(await archive.open(name));
    zip.addBuffer(name === part ? Buffer.from(content) : whole, name);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

it('imports as an ordinary owner of the tables, who may not set session_replication_role, and leaves triggers as they were', async () => {
  // Whom somebody reports to may have come later.
  const [rep, lead] = [await world.person(a.id), await world.person(a.id)];
  await world.admin.query('update users set manager_id = $2 where id = $1', [rep.userId, lead.userId]);
  const triggers = async () =>
    (await world.admin.query(`select tgrelid::regclass || ' ' || tgname as t, tgenabled from pg_trigger order by 1, 2`))
      .rows;
  const [before, others, awake] = [await hashes(a.id), await hashes(b.id), await triggers()];
  const file = join(folder, 'by-owner.zip');
  expect(await run('export', a.id, file)).toMatchObject({ code: 0 });
  expect(await run('delete', a.id, '--now', 'Nadan')).toMatchObject({ code: 0 });

  const name = `owner_${randomBytes(6).toString('hex')}`;
  const url = new URL(world.adminUrl);
  const database = url.pathname.slice(1);
  [url.username, url.password] = [name, 'of tables'];
  await world.admin.query(`
    create role ${name} login password 'of tables' nosuperuser noinherit;
    grant bulkhead_owner, bulkhead_gate to ${name};
    grant connect on database ${database} to ${name};
    grant usage on schema migrations to ${name};
    grant select on migrations.applied to ${name}`);
  try {
    const { code, said } = await bulkhead(url.href, 'company', 'import', file);
    expect({ code, said }).toMatchObject({ code: 0 });
  } finally {
    await world.admin.query(`drop owned by ${name}; drop role ${name}`);
  }
  expect(await hashes(a.id)).toEqual(before);
  expect(await hashes(b.id)).toEqual(others);
  expect(await triggers()).toEqual(awake);
});

it('imports a copy under a new id, without logins, of which the original takes no notice', async () => {
  const [before, others] = [await hashes(a.id), await hashes(b.id)];
  const file = join(folder, 'copied.zip');
  await run('export', a.id, file);
  const { code, said } = await run('import', file, '--as-new');
  expect({ code, said }).toMatchObject({ code: 0 });
  const copy = String(/archive: (\S+)/.exec(said)?.[1]);
  expect(copy).not.toBe(a.id);
  const copied = await hashes(copy);
  expect(copied.contacts).toEqual(before.contacts);
  expect(copied.login_identities).toBeUndefined();
  expect(await run('verify', file, '--copy', copy)).toMatchObject({ code: 0 });
  expect(await hashes(a.id)).toEqual(before);
  expect(await hashes(b.id)).toEqual(others);
  expect(await run('delete', copy, '--now', 'Nadan')).toMatchObject({ code: 0 });
});

it('closes a company at once and opens it again within its week', async () => {
  const [before, others] = [await hashes(b.id), await hashes(a.id)];
  expect(await run('delete', b.id)).toMatchObject({ code: 0 });
  world.app.sessions.forget();
  expect((await b.admin.get('/api/contacts')).status).toBe(401);
  expect(await run('restore', b.id)).toMatchObject({ code: 0 });
  const { contacts, deals } = await hashes(b.id);
  expect({ contacts, deals }).toEqual({ contacts: before.contacts, deals: before.deals });
  const jobs = await world.admin.query(`select from jobs where company_id = $1 and name = 'companies.purge'`, [b.id]);
  expect(jobs.rowCount).toBe(0);
  expect(await hashes(a.id)).toEqual(others);
});

it('moves a company to another installation, and leaves it suspended here', async () => {
  const other = await createDatabase();
  afterAll(other.drop);
  const [before, others] = [await hashes(a.id), await hashes(b.id)];
  const file = join(folder, 'moved.zip');
  const to = ['--to', other.adminUrl, '--to-data', join(folder, 'data'), '--settle', '0'];
  const standing = async (id: string, adminUrl: string) => {
    const sql = 'select status, suspended_reason from companies where id = $1';
    return (await reading(adminUrl, (client) => client.query(sql, [id]))).rows;
  };
  expect(await run('move', a.id, file, ...to, '--same-key')).toMatchObject({ code: 0 });
  expect(await standing(a.id, other.adminUrl)).toEqual([{ status: 'active', suspended_reason: null }]);
  const there = await hashes(a.id, other.adminUrl);
  expect(there.contacts).toEqual(before.contacts);
  expect(there.login_identities).toEqual(before.login_identities);
  expect(readFileSync(join(folder, 'data/imports', a.id, 'upload'), 'utf8')).toBe(`rows of ${a.id}`);
  expect(await standing(a.id, world.adminUrl)).toEqual([
    { status: 'suspended', suspended_reason: 'moved to another installation' },
  ]);
  expect(await hashes(b.id, other.adminUrl)).toEqual({});
  expect(await hashes(b.id)).toEqual(others);

  // It is there already: refused, and open here as before.
  await world.admin.query(`update companies set status = 'active' where id = $1`, [a.id]);
  expect(await run('move', a.id, file, ...to)).toMatchObject({ code: 1 });
  const again = await world.admin.query('select status from companies where id = $1', [a.id]);
  expect(again.rows).toEqual([{ status: 'active' }]);

  // One that was suspended before stays so there, for the reason that it was.
  await world.admin.query(`update companies set status = 'suspended', suspended_reason = 'unpaid' where id = $1`, [
    b.id,
  ]);
  expect(await run('move', b.id, file, ...to, '--same-key')).toMatchObject({ code: 0 });
  expect(await standing(b.id, other.adminUrl)).toEqual([{ status: 'suspended', suspended_reason: 'unpaid' }]);
});
