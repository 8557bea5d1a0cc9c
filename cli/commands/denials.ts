import { tameJson } from '../../audit/report/tame.ts';
import { type DeniedRequest, denials } from '../../operations/denials.ts';
import { findCompany } from '../../operations/find-company.ts';
import { lineUp } from '../../operations/line-up.ts';
import { reading } from '../../operations/operator.ts';
import type { AddCommand } from '../command.ts';

interface Options {
  company?: string;
  hours: string;
  limit: string;
  json?: true;
}

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('denials')
    .description('tells which requests of logged-in people were answered with 403 or 404 lately, and why')
    .option('--company <company>', 'only of this one, by its id, domain or name')
    .option('--hours <n>', 'how far back', '24')
    .option('--limit <n>', 'how many at most', '100')
    .option('--json', 'as JSON')
    .action(({ company, hours, limit, json }: Options) =>
      withInstallation(async ({ adminUrl }) => {
        const [back, most] = [Number(hours), Number(limit)];
        if (!(Number.isInteger(back) && Number.isInteger(most) && back > 0 && most > 0)) {
          console.error('--hours and --limit are whole numbers above 0.');
          return 2;
        }
        const found = await reading(adminUrl, async (client) => {
          const companyId = company === undefined ? null : (await findCompany(client, company)).id;
          return denials(client, { companyId, hours: back, most });
        });
        if (json) console.log(tameJson(found, 2));
        else tell(found);
        return 0;
      }),
    );
};
export default add;

function tell(found: readonly DeniedRequest[]): void {
  if (found.length === 0) console.log('Nothing was refused to anybody who is logged in.');
  else {
    const rows = found.map(({ at, company, who, request, status, times, why }) => [
      at.slice(0, 19),
      company ?? '(platform)',
      who,
      request,
      status,
      times,
      why,
    ]);
    for (const line of lineUp(['last (UTC)', 'company', 'who', 'request', 'status', 'times', 'why'], rows))
      console.log(line);
  }
}
