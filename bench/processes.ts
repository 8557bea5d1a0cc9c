import { readdirSync, readFileSync } from 'node:fs';

const TICKS = 100;

interface Stat {
  parent: number;
  seconds: number;
  /** What its children had used that have ended. */
  ended: number;
}

function stat(pid: string): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const seconds = (at: number) => (Number(fields[at]) + Number(fields[at + 1])) / TICKS;
    return { parent: Number(fields[1]), seconds: seconds(11), ended: seconds(13) };
  } catch {
    return undefined; // it ended while we looked
  }
}

/** CPU seconds that a process has used, with its children's where asked for. */
export function cpuSeconds(pid: number, withChildren = false): number {
  const own = stat(String(pid));
  let sum = own?.seconds ?? 0;
  if (!withChildren) return sum;
  sum += own?.ended ?? 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const child = stat(name);
    if (child?.parent === pid) sum += child.seconds;
  }
  return sum;
}

/** Megabytes of memory, of which what several processes share is divided among them (proportional set size). */
export function memoryOf(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}

/** Processes that a process started, those whose command names `part` where it is given. */
export function childrenOf(pid: number, part = ''): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && stat(name)?.parent === pid)
    .filter((name) => readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(part))
    .map(Number);
}
