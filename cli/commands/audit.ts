import pg from 'pg';
import { openApplication } from '../../audit/application/application.ts';
import { audit } from '../../audit/audit.ts';
import { bulkhead } from '../../audit/house.ts';
import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('audit')
    .description('looks whether every tenant’s rows are kept apart, and says what is not and how to mend it')
    .action(() =>
      withInstallation(async ({ adminUrl }) => {
        const application = await openApplication();
        const client = new pg.Client({ connectionString: adminUrl });
        await client.connect();
        try {
          const { outcomes } = await audit(client, { subject: await bulkhead(), application });
          for (const { rule, outcome, findings, reason } of outcomes) {
            console.log(`${String(rule.number).padStart(2)} ${outcome.padEnd(11)} ${rule.title}`);
            if (reason !== undefined) console.log(`     ${reason}`);
            for (const { object, message } of findings) console.log(`     ${object} ${message}`);
          }
          return outcomes.every(({ outcome }) => outcome !== 'failed') ? 0 : 1;
        } finally {
          await client.end();
          await application.close();
        }
      }),
    );
};
export default add;
