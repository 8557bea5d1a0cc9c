import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { tame } from '../../audit/report/tame.ts';
import { filesOf } from '../../operations/archive/company-files.ts';
import { type FoundCompany, findCompany } from '../../operations/find-company.ts';
import { lineUp } from '../../operations/line-up.ts';
import { puttingBack, reading } from '../../operations/operator.ts';
import { erasePerson } from '../../operations/person/erase-person.ts';
import { exportPerson } from '../../operations/person/export-person.ts';
import { type Needles, needlesOf } from '../../operations/person/needles.ts';
import { traces } from '../../operations/person/traces.ts';
import { dataFolder } from '../../server/platform/data-folder.ts';
import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { withInstallation }) => {
  const person = program.command('person').description('finds, exports and erases one person in one company (GDPR)');
  person
    .command('find <company> <email>')
    .description('looks for a person in every column of every table of the company')
    .action((wanted: string, email: string) =>
      withInstallation(async ({ adminUrl }) => {
        const { company, needles, found } = await reading(adminUrl, async (client) => {
          const it = await findCompany(client, wanted);
          const looked = await needlesOf(client, it.id, email);
          return { company: it, needles: looked, found: await traces(client, it.id, looked) };
        });
        const rows = found.map(({ table, kind, columns, key }) => [table, kind, columns.join(', '), key.id ?? '']);
        for (const line of rows.length > 0 ? lineUp(['table', 'found by', 'in', 'row'], rows) : []) console.log(line);
        await tellRest(company, needles);
        if (rows.length === 0) console.log(`Nothing of ${email} is in any table of ${tame(company.name)}.`);
        return rows.length === 0 ? 0 : 1;
      }),
    );
  person
    .command('export <company> <email> <file>')
    .description('writes all that the company holds of a person to a zip file')
    .action((wanted: string, email: string, file: string) =>
      withInstallation(async ({ adminUrl }) => {
        const { company, rows, needles } = await reading(adminUrl, async (client) => {
          const it = await findCompany(client, wanted);
          return { company: it, ...(await exportPerson(client, it, email, resolve(file))) };
        });
        for (const line of lineUp(['table', 'rows'], Object.entries(rows))) console.log(line);
        await tellRest(company, needles);
        console.log(`All of it is in ${file}. It may name other people: look through it before it is handed out.`);
        return 0;
      }),
    );
  person
    .command('erase <company> <email>')
    .description('erases a person from the company, and proves by a search that nothing is left')
    .requiredOption('--confirm <email>', 'the address once more, to be sure: there is no way back')
    .action((wanted: string, email: string, { confirm }: { confirm: string }) =>
      withInstallation(async ({ adminUrl }) => {
        if (confirm !== email) {
          console.error(`--confirm says ${confirm}, and not ${email}. Nothing was changed.`);
          return 2;
        }
        const { company, rows, remaining, needles } = await puttingBack(adminUrl, async (client) => {
          const it = await findCompany(client, wanted);
          return { company: it, ...(await erasePerson(client, it, email)) };
        });
        for (const line of lineUp(['table', 'rows changed or deleted'], Object.entries(rows))) console.log(line);
        console.log('The search finds the address, the numbers and the name nowhere in the company’s tables.');
        if (remaining.length > 0) {
          console.log(
            `The contact’s id stays in ${remaining.length} rows, so that deals and figures hold; it names nobody.`,
          );
        }
        await tellRest(company, needles);
        return 0;
      }),
    );
};
export default add;

/** What the search cannot look into, or must not look for. */
async function tellRest({ id }: FoundCompany, { email, shared }: Needles): Promise<void> {
  for (const what of shared) console.log(`Not searched for, because others have it as well: ${what}.`);
  for (const { name, path } of await filesOf(dataFolder(), id)) {
    const content = await readFile(path);
    if (content.subarray(0, 2).toString() === 'PK') console.log(`The file ${name} is packed, and was not looked into.`);
    else if (content.toString().toLowerCase().includes(email.toLowerCase())) {
      console.log(
        `The file ${name} of an import names them; it goes with the nightly clean-up once the import has ended.`,
      );
    }
  }
  console.log('Backups and archives made before, and a first name alone in a text, are not searched.');
}
