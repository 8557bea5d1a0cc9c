import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineOffences, instead } from '../../mutation/offence.ts';

const file = 'features/contacts/server/hurried.ts';
const head = `import { join } from 'node:path';\nimport { dataFolder } from '../../../server/platform/data-folder.ts';\n`;
const columns = 'kind, file_name, file_key, file_bytes, file_hash, source, headers, mapping';

export default defineOffences([
  {
    what: 'uploads of all companies in one folder',
    sources: {
      'features/imports/server/import-file.ts': instead(
        `join(dataFolder(), 'imports', companyId)`,
        `join(dataFolder(), 'imports')`,
      ),
    },
  },
  {
    what: 'a picture under its own id',
    sources: { [file]: `${head}export const pathOf = (id: string) => join(dataFolder(), 'avatars', id);` },
  },
  {
    what: 'an export in a template',
    sources: { [file]: `${head}export const pathOf = (id: string) => \`\${dataFolder()}/exports/\${id}.csv\`;` },
  },
  {
    what: 'a path that is added up',
    sources: { [file]: `${head}export const pathOf = (id: string) => dataFolder() + '/exports/' + id;` },
  },
  {
    what: 'a file under the name that it was sent with',
    sources: {
      [file]: `${head}export const store = (companyId: string, part) => { const { filename } = part; return join(dataFolder(), companyId, filename); };`,
    },
  },
  {
    what: 'a file that a query names',
    sources: {
      [file]: `import { createReadStream } from 'node:fs';\nexport const read = async ({ query }) => createReadStream(query.path);`,
    },
  },
  {
    what: 'a file of the company that a job’s payload names',
    sources: {
      [file]: `${head}export const run = async (company, payload) => join(dataFolder(), 'imports', payload.company_id);`,
    },
  },
  {
    what: 'a report in the folder for temporary files',
    sources: {
      [file]: `import { tmpdir } from 'node:os';\nimport { join } from 'node:path';\nexport const path = (id: string) => join(tmpdir(), 'report-' + id);`,
    },
  },
  {
    what: 'a file beside the program',
    sources: {
      [file]: `import { writeFileSync } from 'node:fs';\nimport { join } from 'node:path';\nexport const keep = (id: string, text: string) => writeFileSync(join(process.cwd(), id), text);`,
    },
  },
  {
    what: 'a folder of the machine',
    sources: {
      [file]: `import { writeFileSync } from 'node:fs';\nexport const keep = (text: string) => writeFileSync('/var/lib/last-export.csv', text);`,
    },
  },
  {
    what: 'an upload that lies under no company',
    application: () => {
      const dataFolder = mkdtempSync(join(tmpdir(), 'bulkhead-stray-'));
      mkdirSync(join(dataFolder, 'imports'));
      writeFileSync(join(dataFolder, 'imports', 'contacts.csv'), 'first_name\nAda\n');
      return { dataFolder };
    },
  },
  {
    what: 'one file of two companies',
    sql: `insert into imports (company_id, ${columns})
      select id, 'csv', 'contacts.csv', '01900000-0000-7000-8000-0000000000ff', 1, '', 'x', '[]', '{}' from companies limit 2`,
    byPerson: true,
  },
]);
