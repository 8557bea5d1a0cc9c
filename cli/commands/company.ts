import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { tame } from '../../audit/report/tame.ts';
import type { Manifest } from '../../operations/archive/manifest.ts';
import { readArchive } from '../../operations/archive/read-archive.ts';
import { manifestOf, writeArchive } from '../../operations/archive/write-archive.ts';
import { deleteCompany, purgeCompany, restoreCompany } from '../../operations/company/delete-company.ts';
import { differences } from '../../operations/company/differences.ts';
import { type Imported, type ImportOptions, importCompany } from '../../operations/company/import-company.ts';
import { leftOutOfCopies } from '../../operations/company/left-out.ts';
import { moveCompany, SETTLED_AFTER_MS } from '../../operations/company/move-company.ts';
import { findCompany } from '../../operations/find-company.ts';
import { lineUp } from '../../operations/line-up.ts';
import { reading, writing } from '../../operations/operator.ts';
import { dataFolder } from '../../server/platform/data-folder.ts';
import type { AddCommand, Tools } from '../command.ts';

const RESET = 'where the keys differ: people with two-step logins set them up anew';

const add: AddCommand = (program, tools) => {
  const company = program
    .command('company')
    .description('exports, imports, moves, deletes, restores and verifies one company, and touches no other');
  addExport(company, tools);
  addImport(company, tools);
  addMove(company, tools);
  addDelete(company, tools);
  addRestore(company, tools);
  addVerify(company, tools);
};
export default add;

function addExport(company: Command, { withInstallation }: Tools) {
  company
    .command('export <company> <file>')
    .description('writes all rows and files of a company, by id, domain or name, to a zip file with counts and hashes')
    .action((wanted: string, file: string) =>
      withInstallation(async ({ adminUrl }) => {
        const made = await reading(adminUrl, async (client) =>
          writeArchive(client, await findCompany(client, wanted), dataFolder(), resolve(file)),
        );
        tell(made);
        console.log(
          `${tame(made.company.name)} is in ${file}. It holds password hashes: keep it as you keep the database.`,
        );
        return 0;
      }),
    );
}

function addImport(company: Command, { withInstallation }: Tools) {
  company
    .command('import <archive>')
    .description('brings a company from its archive, compared by counts and hashes: all of it, or nothing')
    .option('--as-new', 'as a copy with an id of its own, without logins, keys and jobs')
    .option('--reset-two-step', RESET)
    .action((file: string, options: ImportOptions) =>
      withInstallation(({ adminUrl }) => bring(adminUrl, file, options)),
    );
}

function addMove(company: Command, { withInstallation }: Tools) {
  company
    .command('move <company> <archive>')
    .description('moves a company to another installation by way of an archive, and leaves it suspended here')
    .requiredOption('--to <database-url>', 'the other installation’s database, as its administrator')
    .requiredOption('--to-data <folder>', 'the other installation’s data folder')
    .option('--same-key', 'both have the same BULKHEAD_SECRET')
    .option('--reset-two-step', RESET)
    .option(
      '--settle <seconds>',
      'wait so long, once the company is closed here, for requests that are under way; 0 where no server runs',
      seconds,
      SETTLED_AFTER_MS / 1000,
    )
    .action((wanted: string, file: string, { to, toData, settle, ...options }: MoveFlags) =>
      withInstallation(async ({ adminUrl }) => {
        const from = { adminUrl, dataFolder: dataFolder() };
        const there = { adminUrl: to, dataFolder: resolve(toData) };
        const moved = await moveCompany(from, there, wanted, resolve(file), { ...options, settleMs: settle * 1000 });
        tellImported(moved);
        console.log(
          `${tame(moved.manifest.company.name)} is open there, with the same counts and hashes, and suspended here. ` +
            `When all is well: bulkhead company delete ${moved.companyId}`,
        );
        return 0;
      }),
    );
}

interface MoveFlags {
  to: string;
  toData: string;
  settle: number;
  sameKey?: true;
  resetTwoStep?: true;
}

function seconds(text: string): number {
  const number = Number(text);
  if (!(number >= 0 && number < 3600)) throw new InvalidArgumentError('It wants a number of seconds.');
  return number;
}

function addDelete(company: Command, { withInstallation }: Tools) {
  company
    .command('delete <company>')
    .description('closes a company at once; its rows and files go in a week, until when it can be restored')
    .option('--now <name>', 'remove rows and files now and for good: the company’s whole name, to be sure')
    .action((wanted: string, { now }: { now?: string }) =>
      withInstallation(async ({ adminUrl }) => {
        const found = await reading(adminUrl, (client) => findCompany(client, wanted));
        if (now === undefined) {
          await writing(adminUrl, (client) => deleteCompany(client, found));
          console.log(
            `${tame(found.name)} is closed. Its rows go in a week; until then: bulkhead company restore ${found.id}`,
          );
          return 0;
        }
        if (now !== found.name) {
          console.error(`The company is called ${tame(found.name)}, not ${now}. Nothing was changed.`);
          return 2;
        }
        const removed = await purgeCompany(adminUrl, dataFolder(), found);
        for (const line of lineUp(['table', 'rows removed'], Object.entries(removed))) console.log(line);
        console.log(
          `${tame(found.name)} is gone: no table of companies’ rows has one of it, and its files are removed. The platform’s own log and reports still name it.`,
        );
        return 0;
      }),
    );
}

function addRestore(company: Command, { withInstallation }: Tools) {
  company
    .command('restore <company-or-archive>')
    .description('takes a deletion back within its week; later, brings the company from its archive (.zip)')
    .option('--reset-two-step', RESET)
    .action((wanted: string, options: ImportOptions) =>
      withInstallation(async ({ adminUrl }) => {
        if (wanted.endsWith('.zip')) return bring(adminUrl, wanted, options);
        const found = await writing(adminUrl, async (client) => {
          const it = await findCompany(client, wanted);
          await restoreCompany(client, it);
          return it;
        });
        console.log(`${tame(found.name)} is open again. Its people log in anew.`);
        return 0;
      }),
    );
}

function addVerify(company: Command, { withInstallation }: Tools) {
  company
    .command('verify <archive>')
    .description('compares a company, or a copy of it, with an archive by counts and hashes')
    .option('--copy <company>', 'the copy that was imported with --as-new')
    .action((file: string, { copy }: { copy?: string }) =>
      withInstallation(async ({ adminUrl }) => {
        const { manifest, close } = await readArchive(resolve(file));
        close();
        const wrong = await reading(adminUrl, async (client) => {
          const found = await findCompany(client, copy ?? manifest.company.id);
          const aside = copy === undefined ? new Set<string>() : (await leftOutOfCopies(client)).add('companies');
          return differences(manifest, await manifestOf(client, found, dataFolder()), aside);
        });
        for (const line of wrong) console.log(line);
        if (wrong.length === 0) console.log(`All rows and files are those of the archive of ${manifest.made_at}.`);
        return wrong.length === 0 ? 0 : 1;
      }),
    );
}

async function bring(adminUrl: string, file: string, options: ImportOptions): Promise<number> {
  const archive = await readArchive(resolve(file));
  try {
    const imported = await importCompany(adminUrl, dataFolder(), archive, options);
    tellImported(imported);
    console.log(
      `${tame(imported.manifest.company.name)} is here, with the counts and hashes of its archive: ${imported.companyId}`,
    );
    return 0;
  } finally {
    archive.close();
  }
}

function tellImported({ manifest, leftOut, twoStepReset }: Imported): void {
  tell(manifest);
  if (leftOut.length > 0) console.log(`Left out of the copy: ${leftOut.join(', ')}`);
  if (twoStepReset > 0) console.log(`${twoStepReset} people have to set up their second step anew.`);
}

function tell({ tables, files }: Manifest): void {
  const rows = Object.entries(tables).map(([name, { rows, hash }]) => [name, rows, hash.slice(0, 16)]);
  for (const line of lineUp(['table', 'rows', 'hash'], rows)) console.log(line);
  console.log(`files: ${Object.keys(files).length}`);
}
