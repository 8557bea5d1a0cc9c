import { resolve } from 'node:path';
import { migrateFrom } from '../../migrate-from/migrate-from.ts';
import { Report } from '../../migrate-from/report.ts';
import { lineUp } from '../../operations/line-up.ts';
import type { AddCommand } from '../command.ts';

interface Options {
  report?: string;
  as?: string;
}

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('migrate-from <database-url>')
    .description('brings the companies of another CRM with their rows, and accounts for every one of them')
    .option('--report <file>', 'a CSV file with a line for each row: brought, there already, or why not')
    .option('--as <name>', 'what to call the source, where ids are numbers and several sources are brought')
    .action((from: string, { report: file, as: name }: Options) =>
      withInstallation(async ({ adminUrl }) => {
        const report = new Report(file === undefined ? undefined : resolve(file));
        const sourceName = name ?? new URL(from).pathname.slice(1);
        await migrateFrom({ adminUrl, from, sourceName, report });
        await report.end();
        return tell(report, file);
      }),
    );
};
export default add;

function tell(report: Report, file: string | undefined): number {
  const tables = [...report.tables].filter(([, { read }]) => read > 0);
  const rows = tables.map(([name, { read, brought, there, left }]) => [name, read, brought, there, left]);
  for (const line of lineUp(['table', 'read', 'brought', 'there already', 'not brought'], rows)) console.log(line);
  for (const [name, { reasons, columns }] of tables) {
    for (const [reason, count] of reasons) console.log(`${name}: ${count} not brought: ${reason}`);
    if (columns.length > 0) console.log(`${name}: nothing was made of the columns ${columns.join(', ')}`);
  }
  if (file !== undefined) console.log(`Every row is in ${file}.`);
  console.log('People choose a password by "Forgot password", unless theirs could be brought.');
  return tables.some(([, { left }]) => left > 0) ? 1 : 0;
}
