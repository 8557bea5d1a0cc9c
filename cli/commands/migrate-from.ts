import { resolve } from 'node:path';
import { bringContactFile } from '../../migrate-from/contact-file.ts';
import { bringDeals, dealsIn } from '../../migrate-from/deals/bring-deals.ts';
import { migrateFrom } from '../../migrate-from/migrate-from.ts';
import { Report } from '../../migrate-from/report.ts';
import { lineUp } from '../../operations/line-up.ts';
import type { AddCommand } from '../command.ts';

interface Options {
  report?: string;
  as?: string;
  company?: string;
  admin?: string;
}

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('migrate-from <database-url-or-file>')
    .description(
      'brings another CRM’s companies from its PostgreSQL database, or a company’s contacts or deals from a file that HubSpot, ' +
        'Salesforce, Pipedrive, Google or Outlook (contacts alone) exported (CSV or XLSX), and accounts for every row',
    )
    .option('--report <file>', 'a CSV file: of a database, what became of each row; of a file, the rows with a problem')
    .option('--as <name>', 'what to call the database, where ids are numbers and several are brought')
    .option('--company <company>', 'for a file: whose contacts or deals they are, by id, domain or name')
    .option('--admin <email>', 'for a file: the admin of that company in whose name they are imported')
    .action((from: string, { report, as: name, company, admin }: Options) =>
      withInstallation(async ({ adminUrl }) => {
        const file = report === undefined ? undefined : resolve(report);
        if (!/^postgres(ql)?:/.test(from)) {
          if (company === undefined || admin === undefined) {
            console.error('A file needs --company and --admin: whose they are, and who imports them.');
            return 2;
          }
          const deals = await dealsIn(resolve(from));
          if (deals) {
            const account = await Report.during(file, (report) =>
              bringDeals(adminUrl, deals, { path: resolve(from), company, admin, report }),
            );
            console.log(`Recognised as: deals of ${deals.system.source}.`);
            return tellTables(account, report);
          }
          return tellFile(await bringContactFile(adminUrl, { path: resolve(from), company, admin, report: file }));
        }
        const account = await Report.during(file, (report) =>
          migrateFrom({ adminUrl, from, sourceName: name ?? new URL(from).pathname.slice(1), report }),
        );
        const code = tellTables(account, report);
        console.log('People choose a password by "Forgot password", unless theirs could be brought.');
        return code;
      }),
    );
};
export default add;

function tellFile(done: Awaited<ReturnType<typeof bringContactFile>>): number {
  const { source, rows_total, rows_created, rows_updated, rows_skipped, rows_failed, rows_with_warnings } = done;
  console.log(`Recognised as: ${source}. Import ${done.id}: ${done.status}.`);
  for (const line of lineUp(
    ['read', 'created', 'updated', 'skipped', 'failed', 'with a value left out'],
    [[rows_total ?? 0, rows_created, rows_updated, rows_skipped, rows_failed, rows_with_warnings]],
  )) {
    console.log(line);
  }
  if (done.failure_message) console.error(done.failure_message);
  return done.status === 'finished' && rows_failed === 0 ? 0 : 1;
}

function tellTables(report: Report, file: string | undefined): number {
  const tables = [...report.tables].filter(([, { read }]) => read > 0);
  const rows = tables.map(([name, { read, brought, there, left }]) => [name, read, brought, there, left]);
  for (const line of lineUp(['table', 'read', 'brought', 'there already', 'not brought'], rows)) console.log(line);
  for (const [name, { reasons, columns, lessened }] of tables) {
    if (lessened > 0) console.log(`${name}: ${lessened} came without something that could not be brought.`);
    for (const [reason, count] of reasons) console.log(`${name}: ${count} not brought: ${reason}`);
    if (columns.length > 0) console.log(`${name}: nothing was made of the columns ${columns.join(', ')}`);
  }
  if (file !== undefined) console.log(`Every row is in ${file}.`);
  return tables.some(([, { left }]) => left > 0) ? 1 : 0;
}
