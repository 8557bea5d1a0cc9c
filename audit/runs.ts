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
 * Runs what audits are asked for on the platform's page and what is due every night, as long as this worker runs; of several workers, one.
 * @returns how to stop: an audit under way is given up, and begun again by the next worker
 */
export function keepAudits(adminUrl: string, log: AuditLog): () => Promise<void> {
  const door = openDoor(adminUrl);
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working = look();
  async function look(): Promise<void> {
    try {
      while (!stopping.signal.aborted && (await runNext(door, adminUrl, log, stopping.signal)));
    } catch (error) {
      log.warn({ err: error }, 'audits cannot be looked for');
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

/** Runs the audit that waits or is due, if there is one: whether there was. For tests and tools. */
export async function runNextAudit(adminUrl: string): Promise<boolean> {
  const door = openDoor(adminUrl);
  try {
    return await runNext(door, adminUrl, { info: () => undefined, warn: () => undefined });
  } finally {
    await door.close();
  }
}

const openDoor = (adminUrl: string): Door =>
  createDoor(connect({ connectionString: urlFor('bulkhead_jobs', adminUrl), max: 1, name: 'bulkhead audits' }));

async function runNext(door: Door, adminUrl: string, log: AuditLog, signal?: AbortSignal): Promise<boolean> {
  const [claimed] = await door.gate<{ run_id: string }>('claim_audit');
  if (!claimed) return false;
  const { run_id } = claimed;
  try {
    const report = await auditInstallation(adminUrl, (so_far, of, rule) =>
      door.gate('tell_audit', [run_id, so_far, of, rule]).then(() => signal?.throwIfAborted()),
    );
    await door.gate('end_audit', [run_id, JSON.stringify(report), null]);
    const { verdict, passed, checks } = report.score;
    log.info({ run: run_id, verdict, passed, checks }, 'audit done');
  } catch (error) {
    if (signal?.aborted) return false;
    await door.gate('end_audit', [run_id, null, (error as Error).message]);
    log.warn({ run: run_id, err: error }, 'audit failed');
  }
  return true;
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
    import('../cli/audit-target.ts'),
  ]);
  return withTarget(adminUrl, {}, async (client, target) => {
    let told = 0;
    let telling: Promise<unknown> = Promise.resolve();
    const result = await audit(client, {
      ...target,
      onProgress: ({ done, of, rule }) => {
        if (done > 0 && Date.now() - told < TELL) return;
        told = Date.now();
        telling = telling.then(() => tell(done, of, rule));
        // It is waited for below; until then a failure is nobody's.
        telling.catch(() => undefined);
      },
    });
    await telling;
    return reportOf({ ...result, ...(await distributionOf(client, target.subject)) }, { waivers: await ownWaivers() });
  });
}

/** What the operator accepts of their own installation: `waivers.json` in the data folder. */
async function ownWaivers() {
  const { parseWaivers } = await import('./report/waivers.ts');
  const file = join(dataFolder(), 'waivers.json');
  return existsSync(file) ? parseWaivers(readFileSync(file, 'utf8'), file) : [];
}
