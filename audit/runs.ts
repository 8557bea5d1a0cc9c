import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../server/platform/data-folder.ts';
import { createDoor, type Door } from '../server/tenancy/door.ts';
import { connect } from '../server/tenancy/pool.ts';
import { urlFor } from '../server/tenancy/roles.ts';
import type { Report } from './report/report.ts';

/** Milliseconds between two looks whether an audit was asked for or is due. */
const LOOK = 2_000;
/** While it audits, how often it says how far it is. */
const TELL = 500;

export interface AuditLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

/**
 * Has audited what is asked for on the platform's page and what is due every night, as long as this worker runs; of several
 * workers, one. Each audit is a process of its own: it keeps a processor busy for seconds, in which jobs would not be renewed.
 * @param folder where that process's file lies, `auditor`
 * @returns how to stop: an audit under way is given up, and begun again by the next worker
 */
export const keepAudits = (adminUrl: string, folder: string, log: AuditLog): (() => Promise<void>) =>
  keepRuns(adminUrl, { file: join(folder, 'auditor'), gate: 'claim_audit', noun: 'audits' }, log);

/** Runs what a gate hands out, each in a process of its own, as long as this worker runs. */
export function keepRuns(
  adminUrl: string,
  { file: name, gate, noun }: { file: string; gate: string; noun: string },
  log: AuditLog,
): () => Promise<void> {
  const door = openDoor(adminUrl);
  const file = [`${name}.js`, `${name}.ts`].find(existsSync) as string;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working = look();
  async function look(): Promise<void> {
    try {
      const run = await claim(door, gate);
      if (run !== undefined && !stopping.signal.aborted) await inProcessOfItsOwn(file, run, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, `${noun} cannot be run`);
    }
    if (!stopping.signal.aborted) {
      timer = setTimeout(() => {
        working = look();
      }, LOOK);
    }
  }
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await working;
    await door.close();
  };
}

/** One that dies is heard no more, and claimed again. */
function inProcessOfItsOwn(file: string, run: string, signal: AbortSignal): Promise<void> {
  const child = fork(file, [run], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], signal });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, killed) =>
      code === 0 ? resolve() : reject(new Error(`the process of a run ended with ${code ?? killed}`)),
    );
  });
}

/** Runs the audit that waits or is due, if there is one: whether there was. For tests and tools. */
export const runNextAudit = (adminUrl: string): Promise<boolean> => runNext(adminUrl, 'claim_audit', runAudit);

/** Does the work of the run that a gate hands out, if it has one: whether it had. */
export async function runNext(
  adminUrl: string,
  gate: string,
  work: (door: Door, adminUrl: string, run: string) => Promise<void>,
): Promise<boolean> {
  const door = openDoor(adminUrl);
  try {
    const run = await claim(door, gate);
    if (run !== undefined) await work(door, adminUrl, run);
    return run !== undefined;
  } finally {
    await door.close();
  }
}

export const openDoor = (adminUrl: string): Door =>
  createDoor(connect({ connectionString: urlFor('bulkhead_jobs', adminUrl), max: 1, name: 'bulkhead audits' }));

/** The run that a gate hands out, if it has one. */
export const claim = async (door: Door, gate: string): Promise<string | undefined> =>
  (await door.gate<{ run_id: string }>(gate))[0]?.run_id;

/** Audits the installation, says how far it is, and keeps what came of it. */
export async function runAudit(door: Door, adminUrl: string, run: string, log?: AuditLog): Promise<void> {
  try {
    const report = await auditInstallation(adminUrl, (so_far, of, rule) =>
      door.gate('tell_audit', [run, so_far, of, rule]),
    );
    await door.gate('end_audit', [run, JSON.stringify(report), null]);
    const { verdict, passed, checks } = report.score;
    log?.info({ run, verdict, passed, checks }, 'audit done');
  } catch (error) {
    await door.gate('end_audit', [run, null, (error as Error).message]);
    log?.warn({ run, err: error }, 'audit failed');
  }
}

async function auditInstallation(
  adminUrl: string,
  tell: (done: number, of: number, rule: string) => Promise<unknown>,
): Promise<Report> {
  // Only a worker that audits needs them.
  const [{ audit }, { distributionOf }, { reportOf }, { withTarget }] = await Promise.all([
    import('./audit.ts'),
    import('./distribution.ts'),
    import('./report/report.ts'),
    import('./open-target.ts'),
  ]);
  return withTarget(adminUrl, {}, async (client, target) => {
    let told = 0;
    let telling: Promise<unknown> = Promise.resolve();
    const say = (done: number, of: number, what: string) => {
      if (done > 0 && Date.now() - told < TELL) return;
      told = Date.now();
      telling = telling.then(() => tell(done, of, what));
      // It is waited for below; until then a failure is nobody's.
      telling.catch(() => undefined);
    };
    let all = 0;
    const result = await audit(client, {
      ...target,
      onProgress: ({ done, of, rule }) => {
        all = of;
        say(done, of, rule);
      },
    });
    const counted = await distributionOf(client, target.subject, {
      onTable: (table) => say(all, all, `rows of ${table}`),
    });
    await telling;
    return reportOf({ ...result, ...counted }, { waivers: await ownWaivers() });
  });
}

/** What the operator accepts of their own installation: `waivers.json` in the data folder. */
async function ownWaivers() {
  const { parseWaivers } = await import('./report/waivers.ts');
  const file = join(dataFolder(), 'waivers.json');
  return existsSync(file) ? parseWaivers(readFileSync(file, 'utf8'), file) : [];
}
