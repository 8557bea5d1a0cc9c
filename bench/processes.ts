import { readdirSync, readFileSync } from 'node:fs';

const TICKS = 100;

interface Stat {
  parent: number;
  seconds: number;
}

function stat(pid: string): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
  } catch {
    return undefined; // it ended while we looked
  }
}

/** CPU seconds that a process has used, with its children's where asked for. */
export function cpuSeconds(pid: number, withChildren = false): number {
  let sum = stat(String(pid))?.seconds ?? 0;
  if (!withChildren) return sum;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const child = stat(name);
    if (child?.parent === pid) sum += child.seconds;
  }
  return sum;
}

/** Resident memory in megabytes. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Processes that a process started, those whose command names `part` where it is given. */
export function childrenOf(pid: number, part = ''): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && stat(name)?.parent === pid)
    .filter((name) => readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(part))
    .map(Number);
}
