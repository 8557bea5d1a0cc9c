import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bulkhead } from '../test/cli.ts';
import { apply } from './apply.ts';
import { backUp } from './backup.ts';
import { makePlan } from './make-plan.ts';
import { restoreBackUp } from './restore-backup.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { dump } from './testing/dump.ts';

const hard = readFileSync(join(import.meta.dirname, 'testing/hard.sql'), 'utf8');
const schema = hard.slice(0, hard.indexOf('insert into'));

async function saved() {
  const database = await emptyDatabase(hard);
  const folder = join(mkdtempSync(join(tmpdir(), 'bulkhead-adopt-')), 'backup');
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true, force: true }));
  const before = await dump(database.client);
  expect(await backUp(database.url, folder, { method: 'rows' })).toMatchObject({ tables: 9, method: 'rows' });
  return { ...database, folder, before };
}

test('a backup is put back by command whole: over what is there, or into another database with the same tables', async () => {
  const { url, client, folder, before } = await saved();
  const restore = (to: string, ...args: string[]) =>
    bulkhead(to, 'adopt', 'restore-backup', folder, '--database-url', to, ...args);
  expect(await restore(url)).toMatchObject({ code: 1, said: expect.stringMatching(/holds rows/) });
  await client.query(`set session_replication_role = replica; delete from users where login = 'user1'; update projects set stage = 'won';
    insert into replies (event, at) values (7, now()); set session_replication_role = origin`);
  expect(await dump(client)).not.toBe(before);
  expect(await restore(url, '--replace')).toMatchObject({ code: 0, said: expect.stringMatching(/rows of 9 tables/) });
  expect(await dump(client)).toBe(before);

  const other = await emptyDatabase(schema);
  expect(await restore(other.url)).toMatchObject({ code: 1, said: expect.stringMatching(/--elsewhere/) });
  expect(await restore(other.url, '--elsewhere')).toMatchObject({ code: 0 });
  await other.client.query('refresh materialized view figures');
  expect(await dump(other.client)).toBe(before);
  // Ids go on where they stood.
  const { rows } = await other.client.query(`insert into loud (login) values ('user1') returning id`);
  expect(rows).toEqual([{ id: 31 }]);
  const bare = await emptyDatabase();
  expect(await restore(bare.url, '--elsewhere')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/make the tables first/),
  });
});

test('a backup that was touched changes nothing, nor does one while an adoption is under way', async () => {
  const { url, client, folder, before } = await saved();
  await apply(url, await makePlan(url), { through: 'column' });
  await expect(restoreBackUp(url, folder, { replace: true })).rejects.toThrow(/bulkhead adopt rollback/);
  await rollback(url);
  const manifest = join(folder, 'manifest.json');
  const told = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, told.replace(/"checksum": "\d+/, '"checksum": "1'));
  await expect(restoreBackUp(url, folder, { replace: true })).rejects.toThrow(/nothing was restored/);
  writeFileSync(manifest, told);
  const part = join(folder, '8.jsonl');
  writeFileSync(part, `${readFileSync(part, 'utf8')}\n`);
  await expect(restoreBackUp(url, folder, { replace: true })).rejects.toThrow(/not as it was saved/);
  expect(await dump(client)).toBe(before);
});

test('rows of a table that inherits are not saved without their own columns, and no half backup is left', async () => {
  const { url } = await emptyDatabase(`create table notes (id integer primary key);
    create table calls (minutes integer) inherits (notes); insert into calls values (1, 30)`);
  const folder = join(mkdtempSync(join(tmpdir(), 'bulkhead-adopt-')), 'backup');
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true, force: true }));
  await expect(backUp(url, folder, { method: 'rows' })).rejects.toThrow(/public\.calls inherits from public\.notes/);
  expect(existsSync(folder)).toBe(false);
});
