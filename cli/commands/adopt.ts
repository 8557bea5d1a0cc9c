import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  type Answers,
  apply,
  backUp,
  makePlan,
  PHASES,
  type Phase,
  quarantined,
  readPlan,
  resolve,
  restore,
  rollback,
  setAsides,
  verify,
  writePlan,
} from '../../adopt/index.ts';
import { told } from '../adopt-progress.ts';
import type { AddCommand } from '../command.ts';

const list = (text: string, before: string[] = []): string[] => [...before, ...text.split(',')];

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
    .action(({ databaseUrl, out }: { databaseUrl: string; out: string }) =>
      run(async () => {
        const { tables, rows, method } = await backUp(databaseUrl, out);
        console.log(`${rows} rows of ${tables} tables are in ${out}, written by ${method}.`);
        return 0;
      }),
    );

  on('apply', 'carries the plan out from where it is; run again, it goes on')
    .option('--plan <file>', 'the plan', 'adopt-plan.yaml')
    .option(
      '--through <phase>',
      `the last phase: ${PHASES.join(', ')}. Before force, let all requests come as the app’s role`,
      'policies',
    )
    .action(({ databaseUrl, plan, through }: { databaseUrl: string; plan: string; through: Phase }) =>
      run(async () => {
        if (!PHASES.includes(through)) throw new Error(`${through} is none of ${PHASES.join(', ')}.`);
        const applied = await apply(databaseUrl, readPlan(readFileSync(plan, 'utf8')), {
          through,
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

  on('verify', 'counts whether anything was lost, is without a tenant or crosses to another')
    .option('--moving', 'the application wrote meanwhile: tell of counts that differ, and do not fail for them')
    .action(({ databaseUrl, moving = false }: { databaseUrl: string; moving?: boolean }) =>
      run(async () => {
        const { ok, checks } = await verify(databaseUrl, { moving });
        for (const check of checks) console.log(`${check.ok ? 'ok  ' : 'NOT '} ${check.name}: ${check.detail}`);
        return ok ? 0 : 1;
      }),
    );

  on('rollback', 'takes back what was done, the last step first')
    .option('--to <phase>', 'the phase after which everything is taken back; left out, everything is')
    .action(({ databaseUrl, to }: { databaseUrl: string; to?: Phase }) =>
      run(async () => {
        const undone = await rollback(databaseUrl, { ...(to !== undefined && { to }), onProgress: told(console.log) });
        console.log(`${undone} steps were taken back.`);
        return 0;
      }),
    );

  on('quarantine', 'lists the rows that wait for a person, with the reason and the candidates').action(
    ({ databaseUrl }: { databaseUrl: string }) =>
      run(async () => {
        const rows = await quarantined(databaseUrl);
        for (const { id, table, key, reason, candidates } of rows) {
          console.log(
            `${id} ${table} ${JSON.stringify(key)} ${reason}${candidates.length > 0 ? `: ${candidates.join(' or ')}` : ''}`,
          );
        }
        if (rows.length === 0) console.log('The quarantine is empty.');
        return rows.length === 0 ? 0 : 1;
      }),
  );

  on('resolve', 'decides about a row in quarantine')
    .argument('<row>', 'its number there', Number)
    .option('--to <tenant>', 'gives it to this tenant')
    .option('--detach', 'empties its references to other tenants’ rows')
    .option('--private-to <user>', 'lets nobody but this user see it')
    .option('--set-aside', 'takes it out; bulkhead adopt restore puts it back')
    .action(
      (
        row: number,
        options: { databaseUrl: string; to?: string; detach?: boolean; privateTo?: string; setAside?: boolean },
      ) =>
        run(async () => {
          const { databaseUrl, to, detach = false, privateTo, setAside = false } = options;
          if ((to === undefined) !== setAside) {
            console.error('Either --to <tenant> or --set-aside.');
            return 2;
          }
          await resolve(
            databaseUrl,
            row,
            to === undefined ? { setAside: true } : { to, detach, ...(privateTo !== undefined && { privateTo }) },
          );
          console.log(`Row ${row} is decided. Go on with bulkhead adopt apply.`);
          return 0;
        }),
    );

  on('set-aside', 'lists the rows that were taken out').action(({ databaseUrl }: { databaseUrl: string }) =>
    run(async () => {
      for (const { id, table, reason, line } of await setAsides(databaseUrl))
        console.log(`${id} ${table} ${reason} ${JSON.stringify(line)}`);
      return 0;
    }),
  );

  on('restore', 'puts a row back that was taken out')
    .argument('<row>', 'its number among those set aside', Number)
    .action((row: number, { databaseUrl }: { databaseUrl: string }) =>
      run(async () => {
        await restore(databaseUrl, row);
        console.log(`Row ${row} is back.`);
        return 0;
      }),
    );
};
export default add;
