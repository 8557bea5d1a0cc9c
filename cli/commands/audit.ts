import pg from 'pg';
import { audit } from '../../audit/audit.ts';
import { distributionOf } from '../../audit/distribution.ts';
import { bulkhead } from '../../audit/house.ts';
import { addOutputOptions, deliver, type OutputOptions, progressLine, readWaivers } from '../audit-output.ts';
import type { AddCommand } from '../command.ts';
import { verifyReport } from '../verify-report.ts';

const add: AddCommand = (program, { run, withInstallation }) => {
  const command = program
    .command('audit')
    .description('looks whether every tenant’s rows are kept apart, and says what is not and how to mend it');
  addOutputOptions(command).action((options: OutputOptions) => {
    const waivers = readWaivers(options);
    if (waivers === undefined) return run(async () => 2);
    return withInstallation(async ({ adminUrl, publicUrl }) => {
      const client = new pg.Client({ connectionString: adminUrl, application_name: 'bulkhead audit' });
      await client.connect();
      const progress = progressLine(options.quiet);
      try {
        const subject = await bulkhead();
        const result = await audit(client, {
          subject,
          onProgress: ({ done, of, rule }) => progress.tell(`${done} of ${of}  ${rule}`),
        });
        progress.tell('counting the rows of each company');
        const counted = await distributionOf(client, subject);
        progress.done();
        return deliver({ ...result, ...counted }, waivers, options, publicUrl);
      } finally {
        progress.done();
        await client.end();
      }
    });
  });

  command
    .command('verify <report>')
    .description('says whether a signed report (.json or .html) is as it was signed, and by whom; asks nobody')
    .option('--key <fingerprint or file>', 'the key that it must be signed with, as the installation publishes it')
    .action((file: string, { key }: { key?: string }) => run(async () => verifyReport(file, key)));
};
export default add;
