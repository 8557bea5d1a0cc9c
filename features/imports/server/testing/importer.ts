import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from '../../../../server/platform/data-folder.ts';
import type { Job } from '../../../../server/platform/jobs.ts';
import type { Context } from '../../../../server/tenancy/context.ts';
import type { Person, World } from '../../../../test/harness.ts';
import { type ImportPayload, runImport } from '../run-import.ts';
import { undoImport } from '../undo-import.ts';

/** A form with a file, as a browser sends it. */
export function form(content: string | Buffer, fields: Record<string, string> = {}, fileName = 'people.csv') {
  const edge = 'edge-of-a-part';
  const part = (head: string, body: string | Buffer) => [`--${edge}\r\n${head}\r\n\r\n`, body, '\r\n'];
  const pieces = [
    ...Object.entries(fields).flatMap(([name, value]) => part(`content-disposition: form-data; name="${name}"`, value)),
    ...part(`content-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: text/csv`, content),
    `--${edge}--\r\n`,
  ];
  return {
    payload: Buffer.concat(pieces.map((piece) => Buffer.from(piece))),
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
  };
}

const uploaders = new Set<string>();

export function upload(
  person: Pick<Person, 'companyId' | 'call'>,
  content: string | Buffer,
  fields: Record<string, string> = {},
  url = '/api/contacts/upload-csv',
) {
  uploaders.add(person.companyId);
  return person.call({ method: 'POST', url, ...form(content, fields) });
}

export const folderOf = (companyId: string): string => join(dataFolder(), 'imports', companyId);

/** Leaves nothing of this test file's uploads in the data folder. */
export function removeUploads(): void {
  for (const companyId of uploaders) rmSync(folderOf(companyId), { recursive: true, force: true });
}

export const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../fixtures/${name}`, import.meta.url));

/** As the worker runs a job: for the user who caused it. */
export async function work(
  world: World,
  { companyId, userId }: Pick<Person, 'companyId' | 'userId'>,
  job: Job<ImportPayload>,
  importId: string,
  signal = new AbortController().signal,
): Promise<void> {
  const { rows } = await world.admin.query(
    `select gate.visible_owners(company_id, id, user_role) as owners from users where company_id = $1 and id = $2`,
    [companyId, userId],
  );
  const owners: string = rows[0].owners;
  const context: Context = { companyId, userId, owners: owners === '*' ? '*' : owners.slice(1, -1).split(',') };
  await job.run(world.door.asCompany(context), { import_id: importId }, signal);
}

/** Uploads, starts and runs: the import as it ended. */
export async function imported(
  world: World,
  person: Person,
  content: string | Buffer,
  fields: Record<string, string> = {},
  url?: string,
) {
  const made = await upload(person, content, { ...fields, start: 'true' }, url);
  if (made.status !== 201) throw new Error(made.text);
  await work(world, person, runImport, made.body.id);
  return (await person.get(`/api/imports/${made.body.id}`)).body;
}

export async function undone(world: World, person: Person, importId: string) {
  const answer = await person.post(`/api/imports/${importId}/undo`);
  if (answer.status !== 202) throw new Error(answer.text);
  await work(world, person, undoImport, importId);
  return (await person.get(`/api/imports/${importId}`)).body;
}

/** What the company's contacts say, in an order of their own: versions and times apart. */
export async function contactsOf(world: World, companyId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await world.admin.query(
    `select to_jsonb(c) - '{version,updated_at,created_at,search_text}'::text[] as contact
     from contacts c where company_id = $1 and deleted_at is null order by id`,
    [companyId],
  );
  return rows.map(({ contact }) => contact);
}
