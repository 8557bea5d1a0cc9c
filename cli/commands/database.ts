import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('database')
    .description(
      'prints the address of the installation’s database for its administrator, who reads everything: psql "$(bulkhead database)", while the server runs',
    )
    .action(() =>
      withInstallation(async ({ adminUrl }) => {
        console.log(adminUrl);
        return 0;
      }),
    );
};
export default add;
