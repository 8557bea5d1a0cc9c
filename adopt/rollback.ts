import { connectMigrator } from './connect.ts';
import { hasLedger, lockAdoption, noted } from './ledger.ts';
import { PHASES, type Phase, type Plan } from './plan.ts';
import { canBeQuiet, type OnProgress, runStatements } from './run.ts';

export interface RollbackOptions {
  /** The phase after which everything is taken back. Left out: everything, and the ledger too. */
  to?: Phase;
  onProgress?: OnProgress;
  /** Told of what could not be taken back to the letter, in a sentence: rows without a primary key that were changed since. */
  onWarning?: (said: string) => void;
}

/**
 * Takes an adoption back, the last step first, with the statements that were written before it began. Gives how many.
 * @throws when there is no such phase: nothing was taken back then
 */
export async function rollback(url: string, { to, onProgress, onWarning }: RollbackOptions = {}): Promise<number> {
  // Of a phase that is none, every step would be later.
  if (to !== undefined && !PHASES.includes(to)) throw new Error(`${to} is none of ${PHASES.join(', ')}.`);
  const client = await connectMigrator(url);
  client.on('notice', ({ message }) => message !== undefined && onWarning?.(message));
  try {
    await lockAdoption(client);
    if (!(await hasLedger(client))) return 0;
    const { rows } = await client.query<{ plan: Plan }>('select plan from bulkhead_adopt.plan');
    const phases = new Map(rows[0]?.plan.steps.map(({ name, phase }) => [name, phase]));
    const kept = to === undefined ? -1 : PHASES.indexOf(to);
    const steps = (await noted(client))
      .filter(({ name }) => PHASES.indexOf(phases.get(name) ?? 'force') > kept)
      .reverse();
    const quiet = await canBeQuiet(client);
    let undone = 0;
    for (const { name, undo, position } of steps) {
      const phase = phases.get(name) ?? 'force';
      const tell = (state: 'begun' | 'batch' | 'waiting' | 'done') =>
        onProgress?.({ step: name, phase, position, of: phases.size, state });
      tell('begun');
      await runStatements(
        { client, quiet, tell },
        undo,
        () => client.query('delete from bulkhead_adopt.steps where name = $1', [name]),
        {
          // Where it may not keep all triggers silent, what puts rows back does so for its table.
          ...(phase === 'backfill' && { quiet: [] }),
        },
      );
      undone += 1;
      tell('done');
    }
    if (to === undefined) {
      const { rows: left } = await client.query('select from bulkhead_adopt.set_aside where restored_at is null');
      if (left.length > 0)
        throw new Error(
          `${left.length} rows are still set aside: the ledger, which holds them, stays. Restore them with "bulkhead adopt restore".`,
        );
      await client.query('drop schema bulkhead_adopt cascade');
    }
    return undone;
  } finally {
    await client.end().catch(() => undefined);
  }
}
