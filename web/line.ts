/** Whether the server can be asked: `offline` is this machine's fault, `gone` the server's or the way's. */
export type LineState = 'up' | 'offline' | 'gone';

const LONGEST_WAIT_MS = 20_000;
const listeners = new Set<() => void>();
const welcomes = new Set<() => void>();
let isGone = false;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

const tell = () => {
  for (const listener of listeners) listener();
};

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => void probe(), Math.min(LONGEST_WAIT_MS, 1500 * 2 ** failures));
  failures += 1;
}

async function probe(): Promise<boolean> {
  const answer = await fetch('/readyz', { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok) line.heard();
  else line.lost();
  return answer?.ok ?? false;
}

export const line = {
  state: (): LineState => (navigator.onLine ? (isGone ? 'gone' : 'up') : 'offline'),
  /** A request got no answer: the server is asked again and again until it gives one. */
  lost() {
    later();
    if (isGone) return;
    isGone = true;
    tell();
  },
  heard() {
    if (!isGone) return;
    clearTimeout(timer);
    failures = 0;
    isGone = false;
    tell();
    for (const welcome of welcomes) welcome();
  },
  /** Something else suggests that the server may be gone. */
  check: () => void probe(),
  /** Asks the server now, whatever is known of it. */
  answers: probe,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Runs when the server answers again. */
  onBack(welcome: () => void) {
    welcomes.add(welcome);
  },
};

window.addEventListener('offline', tell);
window.addEventListener('online', () => {
  tell();
  // It has been asked ever more rarely meanwhile.
  if (isGone) void probe();
});
