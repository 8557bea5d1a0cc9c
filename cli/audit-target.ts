import { type Command, InvalidArgumentError } from 'commander';
import pg from 'pg';
import { type Application, openApplication } from '../audit/application/application.ts';
import type { AuditOptions } from '../audit/audit.ts';
import { readAuditConfig } from '../audit/config.ts';
import { openForeign } from '../audit/foreign-login.ts';
import { bulkhead } from '../audit/house.ts';
import { openState } from '../audit/state.ts';
import { subjectOf } from '../audit/subject.ts';

export interface TargetOptions {
  databaseUrl?: string;
  trustDatabase?: boolean;
  config?: string;
  tenantColumn?: string;
  tenantTable?: string;
  sample?: number;
  resume?: string;
}

const percent = (text: string): number => {
  const share = Number(text);
  if (share > 0 && share < 100) return share;
  throw new InvalidArgumentError('It is a percentage between 0 and 100.');
};

/** What is audited, and how much of it. */
export const addTargetOptions = (command: Command): Command =>
  command
    .option('--database-url <url>', 'another PostgreSQL database (13 to 18) instead of Bulkhead’s own; it is only read')
    .option(
      '--trust-database',
      'look at it even as a superuser: its functions, which looking runs, could then run programs on its server',
    )
    .option('--config <file>', 'what is to be known of that database (default: bulkhead.audit.json, if it is there)')
    .option('--tenant-column <name>', 'the column that tells a row’s tenant, where it is not found')
    .option('--tenant-table <name>', 'the table whose rows are the tenants, where it is not found')
    .option('--sample <percent>', 'look at this share of the rows of large tables only', percent)
    .option('--resume <file>', 'keep there how far the data were looked at, and go on from it next time');

/**
 * Opens what is to be audited, Bulkhead's own database at `url` or the one that the options name, and closes it after.
 * @param work is handed a connection, and what `audit` wants to know
 * @throws Untrusted where another database than Bulkhead's own would be looked at as a superuser
 */
export async function withTarget<T>(
  url: string,
  { databaseUrl, trustDatabase = false, config, sample, resume, ...given }: TargetOptions,
  work: (client: pg.Client, options: AuditOptions) => Promise<T>,
): Promise<T> {
  const isOwn = databaseUrl === undefined;
  const client = isOwn ? await openOwn(url) : await openForeign(url, { trusted: trustDatabase });
  let application: Application | undefined;
  try {
    if (isOwn) application = await openApplication();
    const known = isOwn
      ? { subject: await bulkhead(), understood: [] }
      : await subjectOf(client, await readAuditConfig(config, given));
    const state = resume === undefined ? undefined : openState(resume, url);
    const limits = { ...(sample === undefined ? {} : { sample }), ...(state ? { state } : {}) };
    const done = await work(client, { ...known, limits, application });
    state?.done();
    return done;
  } finally {
    await client.end();
    await application?.close();
  }
}

async function openOwn(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bulkhead audit' });
  // What it was asked meanwhile fails and says why; where nothing was, nothing is lost.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
