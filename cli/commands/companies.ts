import { tameJson } from '../../audit/report/tame.ts';
import { type CompanyRows, distribution } from '../../operations/distribution.ts';
import { lineUp } from '../../operations/line-up.ts';
import { reading } from '../../operations/operator.ts';
import type { AddCommand } from '../command.ts';

const SHOWN = ['users', 'contacts', 'deals', 'activities', 'notes', 'audit_logs'];

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('companies')
    .description('lists all companies, and how the rows are distributed over them')
    .option('--tables', 'every table, not only the best known')
    .option('--json', 'as JSON')
    .action(({ tables, json }: { tables?: true; json?: true }) =>
      withInstallation(async ({ adminUrl }) => {
        const companies = await reading(adminUrl, distribution);
        if (json) console.log(tameJson(companies, 2));
        else for (const line of tables ? byTable(companies) : overview(companies)) console.log(line);
        const strays = companies.find(({ id }) => id === null);
        if (strays) console.error(`${strays.total} rows belong to no company that is there: see \`bulkhead audit\`.`);
        return strays ? 1 : 0;
      }),
    );
};
export default add;

function overview(companies: readonly CompanyRows[]): string[] {
  const all = companies.reduce((sum, { total }) => sum + total, 0);
  return lineUp(
    ['company', 'id', 'status', ...SHOWN, 'all rows', 'share'],
    companies.map(({ id, name, status, tables, total }) => [
      name,
      id ?? '',
      status,
      ...SHOWN.map((table) => tables[table] ?? 0),
      total,
      `${((100 * total) / Math.max(all, 1)).toFixed(1)} %`,
    ]),
  );
}

function byTable(companies: readonly CompanyRows[]): string[] {
  const names = [...new Set(companies.flatMap(({ tables }) => Object.keys(tables)))].sort();
  return lineUp(
    ['table', 'company', 'rows'],
    names.flatMap((table) =>
      companies.flatMap(({ name, tables }) => (tables[table] === undefined ? [] : [[table, name, tables[table]]])),
    ),
  );
}
