import pg from 'pg';
import { audit } from '../../audit/audit.ts';
import { bulkhead } from '../../audit/house.ts';
import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('audit')
    .description('looks whether every tenant’s rows are kept apart, and says what is not and how to mend it')
    .action(() =>
      withInstallation(async ({ adminUrl }) => {
        const client = new pg.Client({ connectionString: adminUrl });
        await client.connect();
        try {
          const { outcomes } = await audit(client, { subject: await bulkhead() });
          for (const { rule, outcome, findings } of outcomes) {
            console.log(`${String(rule.number).padStart(2)} ${outcome.padEnd(11)} ${rule.title}`);
            for (const { object, message } of findings) console.log(`     ${object} ${message}`);
          }
          return outcomes.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
        } finally {
          await client.end();
        }
      }),
    );
};
export default add;
