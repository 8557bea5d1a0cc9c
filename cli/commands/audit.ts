import { audit } from '../../audit/audit.ts';
import { distributionOf } from '../../audit/distribution.ts';
import { AUDIT_LOGIN, Untrusted } from '../../audit/foreign-login.ts';
import { addOutputOptions, deliver, type OutputOptions, progressLine, readWaivers } from '../audit-output.ts';
import { addTargetOptions, type TargetOptions, withTarget } from '../audit-target.ts';
import type { AddCommand } from '../command.ts';
import { verifyReport } from '../verify-report.ts';

const add: AddCommand = (program, { run, withInstallation }) => {
  const command = program
    .command('audit')
    .description('looks whether every tenant’s rows are kept apart, and says what is not and how to mend it');
  addOutputOptions(addTargetOptions(command)).action((options: TargetOptions & OutputOptions) => {
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
        progress.tell('counting the rows of each tenant');
        return { ...result, ...(await distributionOf(client, target.subject)) };
      }).finally(() => progress.done());
      return deliver(result, waivers, options, publicUrl);
    };
    return databaseUrl === undefined
      ? withInstallation(({ adminUrl, publicUrl }) => work(adminUrl, publicUrl))
      : run(() =>
          work(databaseUrl).catch((error: Error) => {
            if (!(error instanceof Untrusted)) throw error;
            console.error(error.message);
            return 2;
          }),
        );
  });
  command.addHelpText(
    'after',
    `\nAnother database is looked at as a login that sees every row and leads out of it nowhere, never as a superuser:\n${AUDIT_LOGIN}`,
  );

  command
    .command('verify <report>')
    .description('says whether a signed report (.json or .html) is as it was signed, and by whom; asks nobody')
    .option('--key <fingerprint or file>', 'the key that it must be signed with, as the installation publishes it')
    .action((file: string, { key }: { key?: string }) => run(async () => verifyReport(file, key)));
};
export default add;
