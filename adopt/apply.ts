import type { Client } from 'pg';
import { runBatches } from './batches.ts';
import { connectMigrator } from './connect.ts';
import { digest } from './draft.ts';
import { hasLedger, lockAdoption, makeLedger, noted } from './ledger.ts';
import { PHASES, type Phase, type Plan, type Step } from './plan.ts';
import { canBeQuiet, isConcurrent, type OnProgress, type Placed, type Runner, runStatements } from './run.ts';
import { noteTrusted, refuseOthersLedger } from './trust.ts';

export interface ApplyOptions {
  /** The last phase that is run. `policies` unless told: after it, requests move to the app's role, and then comes `force`. */
  through?: Phase;
  onProgress?: OnProgress;
  /** Rows in the first batch; later ones are as large as fits into their time. */
  batchRows?: number;
  /** Roles, no superusers, whose triggers, checks and casts may run as a superuser who adopts; remembered until all is taken back. */
  trust?: readonly string[];
}

export interface Applied {
  /** `quarantine`: rows wait for a person, and nothing after the backfill was begun. `paused`: all through the last phase is done. */
  state: 'complete' | 'paused' | 'quarantine';
  /** Open rows of the quarantine. */
  quarantined: number;
  setAside: number;
  /** Steps that this call ran. */
  ran: number;
}

/** Carries a plan out from where it is: run again, it does what is left, and nothing twice. */
export async function apply(url: string, plan: Plan, options: ApplyOptions = {}): Promise<Applied> {
  refuseUnready(plan);
  const { trust = [] } = options;
  const client = await connectMigrator(url, { trust });
  try {
    await lockAdoption(client);
    await makeLedger(client);
    // Made by another in the meantime, it would have been left as it was.
    await refuseOthersLedger(client);
    await noteTrusted(client, trust);
    await client.query(
      `insert into bulkhead_adopt.plan (plan) values ($1) on conflict (single) do update set plan = excluded.plan`,
      [JSON.stringify(plan)],
    );
    return await new PlanRun(client, plan, options, await canBeQuiet(client)).run();
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The plan of the adoption under way; none where nothing was begun. */
export async function planUnderWay(client: Client): Promise<Plan | undefined> {
  if (!(await hasLedger(client))) return undefined;
  const { rows } = await client.query<{ plan: Plan }>('select plan from bulkhead_adopt.plan');
  return rows[0]?.plan;
}

function refuseUnready({ decisions, written_for, steps }: Plan): void {
  const open = Object.entries(decisions.tables).filter(([, table]) => table.class === 'ask');
  if (open.length > 0) {
    const list = open.map(([name, { why }]) => `\n  ${name}: ${why}`).join('');
    throw new Error(
      `The plan has open questions:${list}\nAnswer each by its class, tenant or global, in the plan, and write the statements anew: bulkhead adopt plan --from <plan>.`,
    );
  }
  if (digest(decisions) !== written_for) {
    throw new Error(
      'The decisions were changed after the statements were written. Write them anew: bulkhead adopt plan --from <plan>.',
    );
  }
  if (steps.length === 0) throw new Error('The plan has no steps.');
}

/** One going-through of a plan's steps. */
class PlanRun {
  private ran = 0;
  private readonly steps: Placed[];
  private readonly all: number;

  constructor(
    private readonly client: Client,
    plan: Plan,
    private readonly options: ApplyOptions,
    private readonly quiet: boolean,
  ) {
    const last = PHASES.indexOf(options.through ?? 'policies');
    this.steps = plan.steps
      .map((step, i) => ({ step, position: i + 1 }))
      .filter(({ step }) => PHASES.indexOf(step.phase) <= last);
    this.all = plan.steps.length;
  }

  async run(): Promise<Applied> {
    const done = new Set((await noted(this.client)).filter(({ state }) => state === 'done').map(({ name }) => name));
    for (const placed of this.steps) {
      if (done.has(placed.step.name)) continue;
      this.tell(placed)('begun');
      if (!(await this.runMended(placed))) return this.result('quarantine');
      this.ran += 1;
      this.tell(placed)('done');
    }
    return this.result(this.steps.length === this.all ? 'complete' : 'paused');
  }

  /** A row without a tenant, or of two, may have come since the quarantine was found empty: then it is looked through again. */
  private async runMended(placed: Placed): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.runStep(placed);
      } catch (error) {
        const { code } = error as { code?: string };
        if (!['23514', '23503'].includes(code ?? '') || attempt > 5 || placed.step.kind !== 'once') throw error;
        if ((await this.sift()) > 0) return false;
      }
    }
  }

  private async runStep(placed: Placed): Promise<boolean> {
    const { step, position } = placed;
    const runner = this.runner(placed);
    if (step.kind === 'batches') {
      await this.note(step, position, 'begun');
      await runBatches(runner, step.name, step.do, this.options.batchRows, step.quiet);
      await this.note(step, position, 'done');
    } else if (step.kind === 'gate') {
      const again = await this.isBegun(step);
      await this.note(step, position, 'begun');
      if ((await this.sift(again)) > 0) return false;
      await this.note(step, position, 'done');
    } else {
      if (step.do.some(isConcurrent)) await this.note(step, position, 'begun');
      await runStatements(runner, step.do, () => this.note(step, position, 'done'), {
        check: step.check,
        quiet: step.quiet,
      });
    }
    return true;
  }

  /** Fills once more what can be filled now, sets aside and looks for rows that a person must decide. Gives their number. */
  private async sift(refill = true): Promise<number> {
    for (const placed of this.steps) {
      const { step } = placed;
      if (step.phase !== 'backfill') continue;
      if (step.kind === 'batches' && refill) {
        await this.client.query(`update bulkhead_adopt.steps set last_key = '{}' where name = $1`, [step.name]);
        await runBatches(this.runner(placed), step.name, step.do, this.options.batchRows, step.quiet);
      } else if (step.kind === 'once' && refill) {
        await runStatements(this.runner(placed), step.do, async () => undefined, { quiet: step.quiet });
      } else if (step.kind === 'gate') {
        for (const sql of step.do) await runStatements(this.runner(placed), [sql], async () => undefined);
      }
    }
    return (await this.counts()).quarantined;
  }

  private async isBegun({ name }: Step): Promise<boolean> {
    return (await this.client.query('select from bulkhead_adopt.steps where name = $1', [name])).rows.length > 0;
  }

  private note({ name, undo, table }: Step, position: number, state: 'begun' | 'done'): Promise<unknown> {
    return this.client.query(
      `insert into bulkhead_adopt.steps (name, position, table_name, state, undo, done_at)
       values ($1, $2, $3, $4, $5, case when $4 = 'done' then clock_timestamp() end)
       on conflict (name) do update set state = excluded.state, done_at = excluded.done_at`,
      [name, position, table ?? null, state, JSON.stringify(undo)],
    );
  }

  private runner(placed: Placed): Runner {
    return { client: this.client, quiet: this.quiet, tell: this.tell(placed) };
  }

  private tell({ step, position }: Placed): Runner['tell'] {
    return (state, rows) =>
      this.options.onProgress?.({
        step: step.name,
        phase: step.phase,
        position,
        of: this.all,
        state,
        ...(rows !== undefined && { rows }),
      });
  }

  private async counts(): Promise<{ quarantined: number; setAside: number }> {
    const { rows } = await this.client.query(`
      select (select count(*) from bulkhead_adopt.quarantine where resolved_at is null)::int as quarantined,
        (select count(*) from bulkhead_adopt.set_aside where restored_at is null)::int as "setAside"`);
    return rows[0];
  }

  private async result(state: Applied['state']): Promise<Applied> {
    return { state, ran: this.ran, ...(await this.counts()) };
  }
}
