import { audit } from '../../audit/audit.ts';
import { distributionOf } from '../../audit/distribution.ts';
import { AUDIT_LOGIN } from '../../audit/foreign-login.ts';
import { type TargetOptions, withTarget } from '../../audit/open-target.ts';
import { addOutputOptions, deliver, type OutputOptions, progressLine, readWaivers } from '../audit-output.ts';
import { addTargetOptions } from '../audit-target.ts';
import type { AddCommand } from '../command.ts';
import { unreachable } from '../unreachable.ts';
import { verifyReport } from '../verify-report.ts';

const examples = `
Examples:
  bulkhead audit                                       Bulkhead’s own database
  bulkhead audit --database-url postgresql://auditor@db/shop --output report.html
  bulkhead audit --database-url $URL --fail-on high --output audit.sarif     in CI
  bulkhead rules 41                                    what a rule asks, and why

What the catalog cannot tell stands in bulkhead.audit.json: see docs/auditing.md.
Another database is looked at as a login that sees every row and leads out of it nowhere, never as a superuser:
${AUDIT_LOGIN}`;

const add: AddCommand = (program, { run, withInstallation }) => {
  const command = program
    .command('audit')
    .description('looks whether every tenant’s rows are kept apart, and says what is not and how to mend it');
  addOutputOptions(addTargetOptions(command))
    .addHelpText('after', examples)
    .action((options: TargetOptions & OutputOptions) => {
      const waivers = readWaivers(options);
      if (waivers === undefined) return run(async () => 2);
      const { databaseUrl } = options;
      const progress = progressLine(options.quiet);
      const work = async (url: string, publicUrl?: string) => {
        const result = await withTarget(url, options, async (client, target) => {
          const result = await audit(client, {
            ...target,
            onProgress: ({ done, of, rule }) => progress.tell(`${done} of ${of}  ${rule}`),
          });
          const onTable = (table: string) => progress.tell(`counting the rows of each tenant  ${table}`);
          return { ...result, ...(await distributionOf(client, target.subject, { onTable })) };
        }).finally(() => progress.done());
        return deliver(result, waivers, options, publicUrl);
      };
      // What came to no report has found nothing, and 1 would say that it had.
      const explained = (url: string, publicUrl?: string) =>
        work(url, publicUrl).catch((error) => {
          console.error(unreachable(error, url) ?? (error as Error).message);
          return 2;
        });
      if (databaseUrl !== undefined) return run(() => explained(databaseUrl), 2);
      const idle = (['config', 'tenantColumn', 'tenantTable'] as const).find((name) => options[name] !== undefined);
      if (idle !== undefined) {
        console.error('Of Bulkhead’s own database all is known: --config and --tenant-… go with --database-url.');
        return run(async () => 2);
      }
      return withInstallation(({ adminUrl, publicUrl }) => explained(adminUrl, publicUrl), 2);
    });

  command
    .command('verify <report>')
    .description('says whether a signed report (.json or .html) is as it was signed, and by whom; asks nobody')
    .option('--key <fingerprint or file>', 'the key that it must be signed with, as the installation publishes it')
    .action((file: string, { key }: { key?: string }) => run(async () => verifyReport(file, key)));
};
export default add;
