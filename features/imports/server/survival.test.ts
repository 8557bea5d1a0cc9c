import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { urlFor } from '../../../server/tenancy/roles.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { runImport } from './run-import.ts';
import { contactsOf, folderOf, imported, removeUploads, undone, upload, work } from './testing/importer.ts';
import { undoImport } from './undo-import.ts';

let world: World;
const fresh = async () => (await world.company()).admin;
const rows = (count: number) =>
  `First name,Email\r\n${Array.from({ length: count }, (_, n) => `P${n},p${n}@example.com\r\n`).join('')}`;
const done = async (importId: string): Promise<number> =>
  (await world.admin.query('select rows_done from imports where id = $1', [importId])).rows[0].rows_done;

beforeAll(async () => {
  world = await createWorld();
  return removeUploads;
});

async function started(person: Person, content: string, fields: Record<string, string> = {}): Promise<string> {
  const made = await upload(person, content, { ...fields, start: 'true' });
  expect(made.status).toBe(201);
  return made.body.id;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Every row is there once, and so says the import. */
async function expectWhole(person: Person, importId: string, count: number): Promise<void> {
  const it = (await person.get(`/api/imports/${importId}`)).body;
  expect(it).toMatchObject({ status: 'finished', rows_done: count, rows_created: count, rows_total: count });
  const emails = (await contactsOf(world, person.companyId)).map(({ email }) => email);
  expect(emails.length).toBe(count);
  expect(new Set(emails).size).toBe(count);
}

it('a worker killed in the middle of an import leaves every row to be imported exactly once', {
  timeout: 60_000,
}, async () => {
  const person = await fresh();
  const id = await started(person, rows(8000), { mode: 'create' });
  const script = fileURLToPath(new URL('./testing/crashing-import.ts', import.meta.url));
  for (const least of [1000, 4500]) {
    const worker = spawn(
      process.execPath,
      ['--import', 'tsx', script, urlFor('bulkhead_app', world.adminUrl), person.companyId, person.userId, id],
      { stdio: 'inherit', env: process.env },
    );
    const ended = once(worker, 'exit');
    await until(async () => (await done(id)) >= least || worker.exitCode !== null);
    worker.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await done(id)).toBeLessThan(8000);
    expect((await contactsOf(world, person.companyId)).length).toBe(await done(id));
  }
  await work(world, person, runImport, id);
  await expectWhole(person, id, 8000);
});

it('a database connection that breaks in any batch loses and repeats nothing', { timeout: 60_000 }, async () => {
  const person = await fresh();
  const id = await started(person, rows(4000), { mode: 'create' });
  let broken = 0;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = await done(id);
    let over = false;
    const whole = work(world, person, runImport, id)
      .then(() => true)
      .catch(() => false)
      .finally(() => {
        over = true;
      });
    await until(async () => over || (await done(id)) > before);
    // Until one is hit in the middle: between two statements a connection of the lanes is idle.
    for (let kick = 0; !over; kick += 1) {
      await new Promise((resolve) => setTimeout(resolve, (attempt * 37 + kick * 11) % 60));
      await world.admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'bulkhead_app' and state in ('active', 'idle in transaction')`,
      );
    }
    if (await whole) break;
    broken += 1;
  }
  await work(world, person, runImport, id);
  expect(broken).toBeGreaterThan(0);
  await expectWhole(person, id, 4000);
});

it('two workers on one import do not import a row twice', async () => {
  const person = await fresh();
  const id = await started(person, rows(3000), { mode: 'create' });
  await Promise.all([work(world, person, runImport, id), work(world, person, runImport, id)]);
  await expectWhole(person, id, 3000);
});

it('an undo that is broken off goes on where it was, and leaves the contacts as they were', async () => {
  const person = await fresh();
  for (let n = 0; n < 20; n += 1) {
    await person.post('/api/contacts', {
      first_name: `Old ${n}`,
      last_name: 'Hand',
      email: `p${n * 70}@example.com`,
      city: 'Rome',
    });
  }
  const before = await contactsOf(world, person.companyId);
  const it = await imported(world, person, rows(2000).replaceAll('\r\n', ',Paris\r\n').replace('Paris', 'City'), {
    mode: 'update',
  });
  expect(it).toMatchObject({ rows_updated: 20, rows_created: 1980 });
  expect((await person.post(`/api/imports/${it.id}/undo`)).status).toBe(202);
  const stop = new AbortController();
  const undoing = work(world, person, undoImport, it.id, stop.signal).catch(() => 'stopped');
  await until(async () => (await person.get(`/api/imports/${it.id}`)).body.contacts_undone > 0);
  stop.abort();
  expect(await undoing).toBe('stopped');
  await work(world, person, undoImport, it.id);
  expect((await person.get(`/api/imports/${it.id}`)).body).toMatchObject({ status: 'undone', contacts_undone: 2000 });
  expect(await contactsOf(world, person.companyId)).toEqual(before);
});

it('an import that was cancelled stops between two batches, and what it did can be undone', async () => {
  const person = await fresh();
  const id = await started(person, rows(5000));
  const running = work(world, person, runImport, id);
  await until(async () => (await done(id)) > 0);
  expect((await person.post(`/api/imports/${id}/cancel`)).status).toBe(200);
  await running;
  const it = (await person.get(`/api/imports/${id}`)).body;
  expect(it.status).toBe('cancelled');
  expect(it.rows_done).toBeLessThan(5000);
  expect((await contactsOf(world, person.companyId)).length).toBe(it.rows_created);
  expect((await person.post(`/api/imports/${id}/cancel`)).status).toBe(409);
  await undone(world, person, id);
  expect(await contactsOf(world, person.companyId)).toEqual([]);
});

it('one import of a company works at a time; one that lost its worker gives way', async () => {
  const admin = await fresh();
  const rep = await world.person(admin.companyId);
  const first = await started(admin, rows(10), { mode: 'create' });
  const second = await started(rep, rows(10), { mode: 'create' });
  await world.admin.query(`update imports set status = 'running' where id = $1`, [first]);
  await work(world, rep, runImport, second);
  expect((await rep.get(`/api/imports/${second}`)).body).toMatchObject({ status: 'queued', rows_done: 0 });
  await world.admin.query('alter table imports disable trigger touch');
  await world.admin.query(`update imports set updated_at = now() - interval '1 hour' where id = $1`, [first]);
  await world.admin.query('alter table imports enable trigger touch');
  await work(world, rep, runImport, second);
  expect((await rep.get(`/api/imports/${second}`)).body.status).toBe('finished');
  await work(world, admin, runImport, first);
  expect((await admin.get(`/api/imports/${first}`)).body).toMatchObject({ status: 'finished', rows_created: 10 });
});

it('a file that vanished, or was changed, ends the import with a reason', async () => {
  const person = await fresh();
  const folder = folderOf(person.companyId);
  const fileOf = () => join(folder, readdirSync(folder).at(0) as string);
  const changed = await started(person, rows(10));
  appendFileSync(fileOf(), 'Eve,eve@example.com\r\n');
  await work(world, person, runImport, changed);
  expect((await person.get(`/api/imports/${changed}`)).body).toMatchObject({
    status: 'failed',
    failure_code: 'file_changed',
  });
  rmSync(folder, { recursive: true });
  const gone = await started(person, rows(10));
  rmSync(fileOf());
  await work(world, person, runImport, gone);
  expect((await person.get(`/api/imports/${gone}`)).body).toMatchObject({
    status: 'failed',
    failure_code: 'file_missing',
  });
  expect(await contactsOf(world, person.companyId)).toEqual([]);
});

it('an import whose user left the company does nothing', async () => {
  const admin = await fresh();
  const rep = await world.person(admin.companyId);
  const id = await started(rep, rows(10));
  await world.admin.query(`update users set status = 'inactive' where id = $1`, [rep.userId]);
  await work(world, rep, runImport, id);
  expect((await admin.get(`/api/imports/${id}`)).body).toMatchObject({ status: 'failed', failure_code: 'not_allowed' });
});
