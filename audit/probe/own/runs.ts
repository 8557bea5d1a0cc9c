import { join } from 'node:path';
import type { Door } from '../../../server/tenancy/door.ts';
import { type AuditLog, claim, keepRuns, openDoor, runNext } from '../../runs.ts';
import type { ProbeResult } from '../result.ts';
import type { OwnRun } from './run.ts';

/** Milliseconds between two words of how far a run is: whoever is silent for two minutes has died. */
const TELL = 1_000;
/** Requests a second by night and from the page: people work on the same database. */
const RATE = 100;

/**
 * Has the installation attacked when that is asked for on the platform's page or due, as long as this worker runs.
 * @param folder where that process's file lies, `prober`
 * @returns how to stop: a run under way is given up, and begun again by the next worker
 */
export const keepProbes = (adminUrl: string, folder: string, log: AuditLog): (() => Promise<void>) =>
  keepRuns(adminUrl, { file: join(folder, 'prober'), gate: 'claim_probe', noun: 'probes' }, log);

/** Runs the probe that waits or is due, if there is one: whether there was. For tests and tools. */
export const runNextProbe = (adminUrl: string, options: OwnRun = {}): Promise<boolean> =>
  runNext(adminUrl, 'claim_probe', (door, url, run) => runProbe(door, url, run, options));

/** Attacks the installation for a run that was claimed, says how far it is, and keeps what came of it. */
export async function runProbe(
  door: Door,
  adminUrl: string,
  run: string,
  options: OwnRun = { rate: RATE },
  log?: AuditLog,
): Promise<void> {
  try {
    const { counts } = await told(door, adminUrl, run, options, true);
    log?.info({ run, ...counts }, 'probe done');
  } catch (error) {
    await door.gate('end_probe', [run, null, (error as Error).message]);
    log?.warn({ run, err: error }, 'probe failed');
  }
}

/**
 * The same for the command: a run of the whole is kept, that of a part is not.
 * @throws Error where a probe is under way already: what it asks of the server must not begin another
 */
export async function probeAndKeep(adminUrl: string, options: OwnRun): Promise<ProbeResult> {
  const door = openDoor(adminUrl);
  try {
    const run = await claim(door, 'begin_probe');
    if (run === undefined) throw new Error('A probe of this installation is under way already.');
    const isWhole = options.only?.endpoint === undefined && options.only?.attacks === undefined;
    try {
      return await told(door, adminUrl, run, options, isWhole);
    } catch (error) {
      await door.gate('end_probe', [run, null, (error as Error).message]);
      throw error;
    }
  } finally {
    await door.close();
  }
}

async function told(door: Door, adminUrl: string, run: string, options: OwnRun, keeps: boolean): Promise<ProbeResult> {
  const { probeOwn } = await import('./run.ts');
  let far: [number, number, string] = [0, 0, ''];
  const beat = setInterval(() => void door.gate('tell_probe', [run, ...far]).catch(() => undefined), TELL);
  try {
    const result = await probeOwn(adminUrl, {
      ...options,
      onProgress: (done, total, endpoint, cells) => {
        far = [done, total, endpoint];
        options.onProgress?.(done, total, endpoint, cells);
      },
    });
    await door.gate('end_probe', [run, keeps ? JSON.stringify(result) : null, null]);
    return result;
  } finally {
    clearInterval(beat);
  }
}
