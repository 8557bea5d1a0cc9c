import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a running process began, as an opaque text, or undefined when there is none: number and birth together name a
 * process for good, while its number alone is given to another after its death.
 */
export function birthOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
    const [, state, birth] = /^\s*(\S+)\s+(.+?)\s*$/.exec(ps.stdout ?? '') ?? [];
    return state?.startsWith('Z') ? undefined : birth;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces and brackets of its own.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    return state === 'Z' || state === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether the process is the PostgreSQL server of this cluster, and not one that was given a dead server's number. */
export function serves(pid: number, cluster: string): boolean {
  if (birthOf(pid) === undefined) return false;
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(cluster);
  }
  try {
    // Not /proc/pid/cwd: inside a container even root may not read another user's.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    return false;
  }
}
