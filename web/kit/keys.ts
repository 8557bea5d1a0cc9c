import { useEffect, useRef } from 'react';

export interface Key {
  /** `n`, `/`, or a sequence: `g c`. */
  press: string;
  label: string;
  run: () => void;
}

const OFF = 'bulkhead-single-keys';
const SEQUENCE_MS = 1200;
const active = new Set<{ current: Key[] }>();
let before = '';
let beforeAt = 0;

export const keysOff = () => localStorage.getItem(OFF) === 'off';
/** People who speak to their computer need to switch single-key shortcuts off (WCAG 2.1.4). */
export const setKeysOff = (off: boolean) => localStorage.setItem(OFF, off ? 'off' : 'on');

export const activeKeys = (): Key[] => [...active].flatMap((group) => group.current);

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('input:not([readonly]), textarea, select, [contenteditable], [role="dialog"]') !== null;

function onKeyDown(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (keysOff() && event.key !== '?') return;
  const sequence = event.timeStamp - beforeAt < SEQUENCE_MS ? `${before} ${event.key}` : '';
  before = event.key;
  beforeAt = event.timeStamp;
  // The newest page's keys win over the shell's.
  const found = activeKeys()
    .reverse()
    .find(({ press }) => press === sequence || press === event.key);
  if (!found) return;
  event.preventDefault();
  before = '';
  found.run();
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown);

/** Keys that work while the component is shown; the `?` dialog lists them. */
export function useKeys(keys: Key[]) {
  const group = useRef(keys);
  group.current = keys;
  useEffect(() => {
    active.add(group);
    return () => {
      active.delete(group);
    };
  }, []);
}
