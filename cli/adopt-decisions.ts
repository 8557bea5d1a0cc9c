import type { Command } from 'commander';
import { quarantined, resolve, restore, servePage, setAsides } from '../adopt/index.ts';
import type { Tools } from './command.ts';

type Named = (name: string, description: string) => Command;

/** What a person decides of rows that no foreign key decides, by command or on a page. */
export function addDecisions(on: Named, run: Tools['run']): void {
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

  on('page', 'serves a page on this machine, for one browser, on which a person decides about the rows in quarantine')
    .option('--port <port>', 'where it listens, on 127.0.0.1 alone; any free one, if left out', Number)
    .action(({ databaseUrl, port }: { databaseUrl: string; port?: number }) =>
      run(async () => {
        const page = await servePage(databaseUrl, port === undefined ? {} : { port });
        console.log(`Open once, in a browser on this machine:\n\n  ${page.address}\n`);
        console.log('It ends with Ctrl-C, or an hour after the last look at it.');
        const end = () => void page.close();
        process.once('SIGINT', end).once('SIGTERM', end);
        await page.closed;
        process.off('SIGINT', end).off('SIGTERM', end);
        const waiting = (await quarantined(databaseUrl)).length;
        console.log(
          waiting === 0 ? 'Nothing waits any more. Go on with bulkhead adopt apply.' : `${waiting} rows still wait.`,
        );
        return waiting === 0 ? 0 : 1;
      }),
    );
}
