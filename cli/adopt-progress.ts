import type { OnProgress } from '../adopt/index.ts';

/** Tells of each step, and of batches and waiting at most once a second. */
export function told(say: (line: string) => void): OnProgress {
  let last = 0;
  return ({ step, position, of, state, rows }) => {
    const rare = state === 'batch' || state === 'waiting';
    if (state === 'begun' || (rare && Date.now() - last < 1_000)) return;
    last = Date.now();
    const what =
      state === 'waiting' ? ': waits for a lock, and tries again' : rows === undefined ? '' : `: ${rows} rows`;
    say(`[${position}/${of}] ${step}${what}`);
  };
}
