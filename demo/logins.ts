import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../server/platform/data-folder.ts';
import { SUPER_ADMIN, stories } from './load.ts';
import { passphrase } from './passphrase.ts';

export interface Login {
  /** The company's name; none for the platform's staff. */
  company?: string;
  who: string;
  what: string;
  email: string;
  password: string;
}

const ROLES = { company_admin: 'admin', sales_manager: 'manager', sales_rep: 'rep' } as const;

/** Everybody whom the demo tells how to log in as, each with a new password. */
export function newLogins(): Login[] {
  const people = stories.flatMap(({ name, domain, people }) =>
    people
      .filter(({ login }) => login)
      .map(({ first, last, role }) => ({
        company: name,
        who: `${first} ${last}`,
        what: ROLES[role],
        email: `${first}.${last}@${domain}`.toLowerCase(),
        password: passphrase(),
      })),
  );
  return [...people, { who: 'Platform Staff', what: 'super admin', email: SUPER_ADMIN, password: passphrase() }];
}

const loginsFile = (): string => join(dataFolder(), 'demo-logins.json');

/** Keeps the passwords where only the installation's own user reads them, so that the next start can tell them again. */
export function keepLogins(logins: readonly Login[]): void {
  rmSync(loginsFile(), { force: true }); // a file that is there keeps its mode
  writeFileSync(loginsFile(), `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

export function keptLogins(): Login[] {
  try {
    return JSON.parse(readFileSync(loginsFile(), 'utf8')) as Login[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(
      `The demo's logins in ${loginsFile()} cannot be read: remove the file, or run "bulkhead demo reset".`,
      {
        cause: error,
      },
    );
  }
}

/** What a newcomer needs to know to begin. */
export function tellLogins(logins: readonly Login[], publicUrl: string): string {
  if (logins.length === 0) return '';
  const width = (key: 'who' | 'what' | 'email') => Math.max(...logins.map((login) => login[key].length));
  const lines = [`\nLog in to the demo at ${publicUrl}`];
  let company: string | undefined = '';
  for (const login of logins) {
    if (login.company !== company) {
      company = login.company;
      const story = stories.find(({ name }) => name === company);
      lines.push('', story ? `  ${story.name}, ${story.what}` : '  The platform, which sees no company’s data');
    }
    const { who, what, email, password } = login;
    lines.push(
      `    ${what.padEnd(width('what'))}  ${who.padEnd(width('who'))}  ${email.padEnd(width('email'))}  ${password}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
