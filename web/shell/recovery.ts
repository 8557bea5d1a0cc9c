import { useEffect } from 'react';
import { NotFetched } from '../lazy.ts';
import { line } from '../line.ts';

const RELOADED = 'bulkhead-reloaded';
const SAME_TROUBLE_MS = 30_000;
let triedAt = 0;

/** A page loaded anew has what a deploy put in the place of what is gone; where it does not help, not twice. */
function reloadOnce() {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < SAME_TROUBLE_MS) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}

async function recover(reset: () => void) {
  if (!(await line.answers())) return;
  if (Date.now() - triedAt < SAME_TROUBLE_MS) return reloadOnce();
  triedAt = Date.now();
  reset();
}

/** Brings a part of the app that could not be fetched, as soon as the server can be asked. */
export function useRecovery(error: unknown, reset: () => void) {
  const isMissing = error instanceof NotFetched;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the boundary makes another `reset` each time it is drawn
  useEffect(() => {
    if (!isMissing) return;
    void recover(reset);
    const leave = line.subscribe(() => {
      if (line.state() === 'up') void recover(reset);
    });
    return () => void leave();
  }, [isMissing]);
}
