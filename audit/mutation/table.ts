import type { KillRate } from './kill-rate.ts';

/** The kill rate by area, a line each. */
export function asTable({ areas, survivors }: KillRate): string {
  const all = Object.values(areas).reduce(
    (sum, { seeded, killed }) => ({ seeded: sum.seeded + seeded, killed: sum.killed + killed }),
    { seeded: 0, killed: 0 },
  );
  const line = (name: string, { seeded, killed }: { seeded: number; killed: number }) => {
    const share = seeded === 0 ? '' : `${((100 * killed) / seeded).toFixed(0)} %`;
    return `${name.padEnd(12)}${String(seeded).padStart(8)}${String(killed).padStart(8)}${share.padStart(8)}`;
  };
  return [
    `${'area'.padEnd(12)}${'seeded'.padStart(8)}${'killed'.padStart(8)}${'rate'.padStart(8)}`,
    ...Object.entries(areas).map(([name, counts]) => line(name, counts)),
    line('all', all),
    ...Object.entries(survivors).map(([what, reason]) => `known survivor: ${what} (${reason})`),
  ].join('\n');
}
