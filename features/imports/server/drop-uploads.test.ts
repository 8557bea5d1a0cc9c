import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { purgeCompany } from '../../companies/server/purge.ts';
import { dropUploads } from './drop-uploads.ts';
import { folderOf, imported, removeUploads, upload } from './testing/importer.ts';

let world: World;
const file = 'First name,Email\r\nAnn,ann@example.com\r\n';
const door = ({ companyId }: Person) => world.door.asCompany({ companyId, userId: null, owners: '*' });
const clean = (person: Person) => dropUploads.run(door(person), {}, new AbortController().signal);
const files = ({ companyId }: Person) => readdirSync(folderOf(companyId)).sort();
const keyOf = async (id: string) =>
  (await world.admin.query('select file_key from imports where id = $1', [id])).rows[0].file_key;
const statusOf = async (person: Person, id: string) => (await person.get(`/api/imports/${id}`)).body.status;

/** Makes the imports, and their files, as old as that. */
async function age(person: Person, days: number): Promise<void> {
  const then = new Date(Date.now() - days * 86_400_000);
  for (const name of files(person)) utimesSync(join(folderOf(person.companyId), name), then, then);
  await world.admin.query('alter table imports disable trigger touch');
  await world.admin.query('update imports set updated_at = $2 where company_id = $1', [person.companyId, then]);
  await world.admin.query('alter table imports enable trigger touch');
}

beforeAll(async () => {
  world = await createWorld();
  return removeUploads;
});

it('files of imports that are over go, those that an import may still read stay, and so do all of another company', async () => {
  const [ada, bob] = [(await world.company()).admin, (await world.company()).admin];
  const over = await imported(world, ada, file);
  const theirs = await imported(world, bob, file);
  const ready = (await upload(ada, file)).body.id;
  const failed = (await upload(ada, file)).body.id;
  await world.admin.query(`update imports set status = 'failed' where id = $1`, [failed]);
  await age(ada, 3);
  await age(bob, 3);
  writeFileSync(join(folderOf(ada.companyId), '00000000-0000-4000-8000-000000000000'), 'just arriving');
  expect(files(ada)).toHaveLength(4);
  await clean(ada);
  const [one, two] = [await keyOf(ready), await keyOf(failed)];
  expect(files(ada)).toEqual(['00000000-0000-4000-8000-000000000000', one, two].sort());
  expect(files(bob)).toEqual([await keyOf(theirs.id)]);
  expect(await statusOf(ada, over.id)).toBe('finished');

  await age(ada, 8);
  await clean(ada);
  expect(files(ada)).toEqual([]);
  expect(await statusOf(ada, ready)).toBe('cancelled');
  expect(files(bob)).toEqual([await keyOf(theirs.id)]);
});

it('a company that never uploaded anything is no trouble', async () => {
  await clean((await world.company()).admin);
});

it("a company's files go with it", async () => {
  const { admin, id } = await world.company();
  await upload(admin, file);
  await purgeCompany.run(door(admin), {}, new AbortController().signal);
  expect(existsSync(folderOf(id))).toBe(true);
  await world.admin.query(
    `update companies set status = 'deleted', deleted_at = now() - interval '8 days' where id = $1`,
    [id],
  );
  await purgeCompany.run(door(admin), {}, new AbortController().signal);
  expect(existsSync(folderOf(id))).toBe(false);
});
