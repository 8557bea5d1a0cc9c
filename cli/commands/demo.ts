import { tellAdoption } from '../../adopt/audit-case/demo.ts';
import { stories } from '../../demo/load.ts';
import { tellLogins } from '../../demo/logins.ts';
import { demoLogins, reloadDemo } from '../../demo/start.ts';
import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { withInstallation }) => {
  const demo = program.command('demo').description('the companies that a new installation begins with');
  demo
    .command('logins')
    .description('tells how to log in to the demo')
    .action(() =>
      withInstallation(async ({ adminUrl, publicUrl }) => {
        const logins = await demoLogins(adminUrl);
        console.log(tellLogins(logins, publicUrl) || 'There is no demo login whose first password still holds.');
        return 0;
      }),
    );
  demo
    .command('reset')
    .description(
      `removes ${stories.map(({ name }) => name).join(' and ')} with all that was changed in them, and loads them anew`,
    )
    .action(() =>
      withInstallation(async ({ adminUrl, publicUrl }) => {
        await reloadDemo(adminUrl);
        console.log(tellLogins(await demoLogins(adminUrl), publicUrl));
        return 0;
      }),
    );
  demo
    .command('adopt')
    .description(
      'adopts a database like that of the audited CRM, in one of its own that goes again, and shows the audit’s figures before and after',
    )
    .action(() => withInstallation(({ adminUrl }) => tellAdoption(adminUrl, console.log)));
};
export default add;
