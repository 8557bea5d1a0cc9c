import pg from 'pg';
import { openApplication } from '../../audit/application/application.ts';
import { audit } from '../../audit/audit.ts';
import { readAuditConfig } from '../../audit/config.ts';
import { bulkhead } from '../../audit/house.ts';
import { openState } from '../../audit/state.ts';
import { subjectOf } from '../../audit/subject.ts';
import type { AddCommand } from '../command.ts';

interface Options {
  databaseUrl?: string;
  config?: string;
  tenantColumn?: string;
  tenantTable?: string;
  sample?: number;
  resume?: string;
}

const percent = (text: string): number => {
  const share = Number(text);
  if (share > 0 && share < 100) return share;
  throw new Error(`--sample wants a percentage between 0 and 100, not ${text}.`);
};

const add: AddCommand = (program, { run, withInstallation }) => {
  program
    .command('audit')
    .description('looks whether every tenant’s rows are kept apart, and says what is not and how to mend it')
    .option('--database-url <url>', 'another PostgreSQL database (13 to 18) instead of Bulkhead’s own; it is only read')
    .option('--config <file>', 'what is to be known of that database (default: bulkhead.audit.json, if it is there)')
    .option('--tenant-column <name>', 'the column that tells a row’s tenant, where it is not found')
    .option('--tenant-table <name>', 'the table whose rows are the tenants, where it is not found')
    .option('--sample <percent>', 'look at this share of the rows of large tables only', percent)
    .option('--resume <file>', 'keep there how far the data were looked at, and go on from it next time')
    .action(({ databaseUrl, config, sample, resume, ...given }: Options) => {
      const work = async (url: string) => {
        const client = new pg.Client({ connectionString: url, application_name: 'bulkhead audit' });
        await client.connect();
        const application = databaseUrl === undefined ? await openApplication() : undefined;
        try {
          const { subject, understood } =
            databaseUrl === undefined
              ? { subject: await bulkhead(), understood: [] }
              : await subjectOf(client, await readAuditConfig(config, given));
          const state = resume === undefined ? undefined : openState(resume, url);
          const limits = { ...(sample === undefined ? {} : { sample }), ...(state ? { state } : {}) };
          const { outcomes } = await audit(client, { subject, understood, limits, application });
          for (const { how, what } of understood) console.log(`${how.padEnd(9)} ${what}`);
          for (const { rule, outcome, findings, reason } of outcomes) {
            console.log(`${String(rule.number).padStart(2)} ${outcome.padEnd(14)} ${rule.title}`);
            for (const { object, message } of findings) console.log(`     ${object} ${message}`);
            if (reason) console.log(`     (${reason})`);
          }
          state?.done();
          const red = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'not checked');
          return red.length === 0 ? 0 : 1;
        } finally {
          await client.end();
          await application?.close();
        }
      };
      return databaseUrl === undefined
        ? withInstallation(({ adminUrl }) => work(adminUrl))
        : run(() => work(databaseUrl));
    });
};
export default add;
