import { useCallback, useState } from 'react';
import { session } from './session/session.ts';

const KEPT = 'bulkhead-draft';
const keyOf = (user: string, what: string) => `${KEPT} ${user} ${what}`;

/** Of this tab alone, and of one person: what they wrote outlives a reload and a session that ran out, not their leave. */
function forgetOthers(user: string | undefined) {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(`${KEPT} `) && !(user && key.startsWith(keyOf(user, '')))) sessionStorage.removeItem(key);
    }
  } catch {
    // Storage may be switched off: then nothing was kept.
  }
}

session.subscribe(() => {
  const user = session.user();
  if (user || session.left() === 'logout') forgetOthers(user?.id);
});

function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function keep(key: string, text: string) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // It lasts until the page is left.
  }
}

/** A text that is being written, kept until it is sent (emptied). `what` names it: `note <contact>`. */
export function useDraft(what: string): [string, (text: string) => void] {
  const key = keyOf(session.user()?.id ?? '', what);
  const [written, setWritten] = useState(() => ({ key, text: read(key) }));
  const change = useCallback(
    (text: string) => {
      setWritten({ key, text });
      keep(key, text);
    },
    [key],
  );
  // The same box on another record: what was written there.
  return [written.key === key ? written.text : read(key), change];
}
