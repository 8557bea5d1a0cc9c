import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import type { Finding } from '../../rule.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The uploads that lie there, and the rows that name them. */
export async function inFolder(client: ClientBase, dataFolder: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const folder = join(dataFolder, 'imports');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!UUID.test(name)) findings.push(finding(`imports/${name}`, 'lies under no company'));
  }
  const { rows } = await client.query<{ companies: string; file_key: string }>(
    `select string_agg(distinct company_id::text, ', ') as companies, file_key from public.imports
     group by file_key having count(distinct company_id) > 1`,
  );
  for (const { companies, file_key } of rows)
    findings.push(finding(`file ${file_key}`, `is named by several companies: ${companies}`));
  const { rows: strange } = await client.query<{ id: string }>(
    `select id from public.imports where file_key !~ '^[0-9a-f-]{36}$'`,
  );
  for (const { id } of strange)
    findings.push(finding(`import ${id}`, 'names its file by something else than an id of ours'));
  return findings;
}

const finding = (object: string, message: string): Finding => ({
  object,
  message,
  mend: '-- find out whose it is, and move it there; a file of nobody goes',
});
