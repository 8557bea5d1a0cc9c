import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import {
  type Answers,
  apply,
  backUp,
  makePlan,
  PHASES,
  type Phase,
  type RestoreOptions,
  readPlan,
  restoreBackUp,
  rollback,
  trust,
  writePlan,
} from '../../adopt/index.ts';
import { addDecisions } from '../adopt-decisions.ts';
import { told } from '../adopt-progress.ts';
import { addVerify } from '../adopt-verify.ts';
import type { AddCommand } from '../command.ts';

const list = (text: string, before: string[] = []): string[] => [...before, ...text.split(',')];

const TRUST = [
  '--trust <roles>',
  'roles, no superusers, whose triggers, checks and casts may run with your rights',
  list,
] as const;

const add: AddCommand = (program, { run }) => {
  const adopt = program
    .command('adopt')
    .description('makes an existing PostgreSQL database multi-tenant, online, and takes it back on demand');
  const on = (name: string, description: string): Command =>
    adopt
      .command(name)
      .description(description)
      .requiredOption(
        '--database-url <url>',
        'the database, as a superuser or a role with BYPASSRLS',
        process.env.ADOPT_DATABASE_URL,
      );

  on('plan', 'reads the foreign keys, classes every table, and writes every statement; changes nothing')
    .option('--out <file>', 'where the plan goes', 'adopt-plan.yaml')
    .option('--from <file>', 'writes the statements anew for the decisions in this plan')
    .option('--tenant-table <table>', 'the table whose rows are the tenants')
    .option('--column <name>', 'the column that tells the tenant')
    .option('--app-role <role>', 'the role that requests will use')
    .option('--global <tables>', 'tables that all tenants share', list)
    .option('--tenant <tables>', 'tables that belong to a tenant though no foreign key says so', list)
    .option('--global-keys <indexes>', 'unique keys that stay unique over all tenants', list)
    .action(({ databaseUrl, out, from, ...answers }: { databaseUrl: string; out: string; from?: string } & Answers) =>
      run(async () => {
        const plan = await makePlan(
          databaseUrl,
          from === undefined ? answers : readPlan(readFileSync(from, 'utf8')).decisions,
        );
        writeFileSync(from ?? out, writePlan(plan));
        const tables = Object.entries(plan.decisions.tables);
        const open = tables.filter(([, table]) => table.class === 'ask');
        const owned = tables.filter(([, table]) => table.class === 'tenant').length;
        console.log(
          `${tables.length} tables: ${owned} belong to a tenant. ${plan.steps.length} steps are in ${from ?? out}.`,
        );
        for (const [name, { why }] of open) console.log(`? ${name}: ${why}`);
        return open.length === 0 ? 0 : 1;
      }),
    );

  on(
    'backup',
    'saves the whole database, or the touched tables where pg_dump is not to be had, with counts and checksums',
  )
    .requiredOption('--out <folder>', 'a folder that is not there yet')
    .option(...TRUST)
    .action(({ databaseUrl, out, trust = [] }: { databaseUrl: string; out: string; trust?: string[] }) =>
      run(async () => {
        const { tables, rows, method } = await backUp(databaseUrl, out, { trust });
        console.log(`${rows} rows of ${tables} tables are in ${out}, written by ${method}.`);
        return 0;
      }),
    );

  on('apply', 'carries the plan out from where it is; run again, it goes on')
    .option('--plan <file>', 'the plan', 'adopt-plan.yaml')
    .addOption(
      new Option('--through <phase>', 'the last phase. Before force, let all requests come as the app’s role')
        .choices(PHASES)
        .default('policies'),
    )
    .option(...TRUST)
    .action(
      ({ databaseUrl, plan, ...options }: { databaseUrl: string; plan: string; through: Phase; trust?: string[] }) =>
        run(async () => {
          const { through } = options;
          const applied = await apply(databaseUrl, readPlan(readFileSync(plan, 'utf8')), {
            ...options,
            onProgress: told(console.log),
          });
          if (applied.setAside > 0)
            console.log(`${applied.setAside} rows were set aside: bulkhead adopt set-aside lists them.`);
          if (applied.state === 'quarantine') {
            console.log(
              `${applied.quarantined} rows wait in quarantine. See bulkhead adopt quarantine, decide with bulkhead adopt resolve, and apply again.`,
            );
            return 1;
          }
          console.log(
            applied.state === 'complete'
              ? 'Adopted. Now: bulkhead adopt verify.'
              : `Done through ${through}; the rest comes with --through force.`,
          );
          return 0;
        }),
    );

  on('trust', 'names roles whose triggers, checks and casts may run with your rights in the adoption under way')
    .argument('<roles...>', 'roles, no superusers')
    .action((roles: string[], { databaseUrl }: { databaseUrl: string }) =>
      run(async () => {
        await trust(databaseUrl, roles);
        console.log(`Until all is taken back, what ${roles.join(', ')} made may run.`);
        return 0;
      }),
    );

  addVerify(on, run);
  on('rollback', 'takes back what was done, the last step first')
    .addOption(
      new Option('--to <phase>', 'the phase after which everything is taken back; left out, everything is').choices(
        PHASES,
      ),
    )
    .action(({ databaseUrl, to }: { databaseUrl: string; to?: Phase }) =>
      run(async () => {
        const undone = await rollback(databaseUrl, {
          ...(to !== undefined && { to }),
          onProgress: told(console.log),
          onWarning: console.error,
        });
        console.log(`${undone} steps were taken back.`);
        return 0;
      }),
    );

  on('restore-backup', 'puts a backup back, counted and summed up against what was saved: all of it, or nothing')
    .argument('<folder>', 'what bulkhead adopt backup wrote')
    .option('--replace', 'removes what the tables hold now')
    .option('--elsewhere', 'into a database of another name than that which was saved')
    .option(...TRUST)
    .action((folder: string, { databaseUrl, ...options }: { databaseUrl: string } & RestoreOptions) =>
      run(async () => {
        const { tables, rows, method } = await restoreBackUp(databaseUrl, folder, options);
        console.log(`${rows} rows of ${tables} tables are back as they were saved by ${method}.`);
        return 0;
      }),
    );
  addDecisions(on, run);
};
export default add;
