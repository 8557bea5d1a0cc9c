import { tame, tameJson } from '../../audit/report/tame.ts';
import { reading } from '../../operations/operator.ts';
import { whois } from '../../operations/whois.ts';
import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('whois <email-or-id>')
    .description('tells whose user, login or invitation an address is, or what an id is, and of which company')
    .option('--json', 'as JSON')
    .action((wanted: string, { json }: { json?: true }) =>
      withInstallation(async ({ adminUrl }) => {
        const found = await reading(adminUrl, (client) => whois(client, wanted));
        if (json) console.log(tameJson(found, 2));
        else {
          for (const { kind, id, companyId, companyName, companyStatus, about } of found) {
            const company = companyId === null ? 'no company' : `${companyName} (${companyStatus}) ${companyId}`;
            console.log(`${kind.padEnd(12)} ${id}  ${tame(company)}\n${' '.repeat(13)}${tame(about)}`);
          }
        }
        if (found.length === 0) console.error(`Nobody, and nothing, is known as ${wanted}.`);
        return found.length > 0 ? 0 : 1;
      }),
    );
};
export default add;
