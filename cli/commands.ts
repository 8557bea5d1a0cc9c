import { stories } from '../demo/load.ts';
import { tellLogins } from '../demo/logins.ts';
import { passphrase } from '../demo/passphrase.ts';
import { demoLogins, reloadDemo } from '../demo/start.ts';
import { hashPassword } from '../server/platform/password.ts';
import { addSuperAdmin } from '../server/tenancy/identities.ts';

export interface Call {
  adminUrl: string;
  publicUrl: string;
  argument: string;
}

interface Command {
  name: string;
  /** Its one parameter, when it takes one. */
  parameters?: string;
  what: string;
  /** The exit code. */
  run(call: Call): Promise<number>;
}

export const commands: readonly Command[] = [
  {
    name: 'demo logins',
    what: 'tells how to log in to the demo',
    run: async ({ adminUrl, publicUrl }) => {
      const logins = await demoLogins(adminUrl);
      console.log(tellLogins(logins, publicUrl) || 'There is no demo login whose first password still holds.');
      return 0;
    },
  },
  {
    name: 'demo reset',
    what: `removes ${stories.map(({ name }) => name).join(' and ')} with all that was changed in them, and loads them anew`,
    run: async ({ adminUrl, publicUrl }) => {
      await reloadDemo(adminUrl);
      console.log(tellLogins(await demoLogins(adminUrl), publicUrl));
      return 0;
    },
  },
  {
    name: 'create-super-admin',
    parameters: '<email>',
    what: 'makes a login of the platform’s staff and prints its password once',
    run: async ({ adminUrl, argument }) => {
      if (!/^[^\s@]+@[^\s@]+$/.test(argument) || argument.length > 255) {
        console.error(`This is not an e-mail address: ${argument}`);
        return 2;
      }
      const password = passphrase();
      if (!(await addSuperAdmin(adminUrl, argument, await hashPassword(password)))) {
        console.error(`Somebody logs in with ${argument} already. Nothing was changed.`);
        return 1;
      }
      console.log(`${argument} is a super admin. Password, shown only now: ${password}`);
      return 0;
    },
  },
];
