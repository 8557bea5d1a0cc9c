import { type Command, InvalidArgumentError } from 'commander';

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
    .option('--pace <percent>', 'work at the rows only this share of the time, and rest between batches', percent)
    .option('--resume <file>', 'keep there how far the data were looked at, and go on from it next time');
