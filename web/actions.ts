import { useSyncExternalStore } from 'react';
import type { Action } from './features.ts';
import { session } from './session/session.ts';

let started: Action | undefined;
const listeners = new Set<() => void>();

function change(action: Action | undefined) {
  started = action;
  for (const listener of listeners) listener();
}

/** Opens an action's form over the page. */
export const startAction = (action: Action) => change(action);
export const endAction = () => change(undefined);

// What one person began to write is not shown to the next.
session.onForget(endAction);

export const useStartedAction = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => started,
  );
