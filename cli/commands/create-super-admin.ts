import { passphrase } from '../../demo/passphrase.ts';
import { hashPassword } from '../../server/platform/password.ts';
import { addSuperAdmin } from '../../server/tenancy/identities.ts';
import type { AddCommand } from '../command.ts';

const add: AddCommand = (program, { withInstallation }) => {
  program
    .command('create-super-admin <email>')
    .description('makes a login of the platform’s staff and prints its password once')
    .action((email: string) =>
      withInstallation(async ({ adminUrl }) => {
        if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 255) {
          console.error(`This is not an e-mail address: ${email}`);
          return 2;
        }
        const password = passphrase();
        if (!(await addSuperAdmin(adminUrl, email, await hashPassword(password)))) {
          console.error(`Somebody logs in with ${email} already. Nothing was changed.`);
          return 1;
        }
        console.log(`${email} is a super admin. Password, shown only now: ${password}`);
        return 0;
      }),
    );
};
export default add;
