import { useEffect, useRef } from 'react';

export interface Key {
  /** `n`, `/`, a sequence: `g c`, or with the Control or Command key: `mod+k`, which works while typing too. */
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

const isMac = typeof navigator !== 'undefined' && /Mac|iP/.test(navigator.platform);

/** A key as it is written on this machine's keyboard, part by part. */
export const keyCaps = (press: string): string[] =>
  press
    .split(/[ +]/)
    .map((key) => (key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : press.includes('+') ? key.toUpperCase() : key));

function withModifier(event: KeyboardEvent) {
  if (event.altKey || event.shiftKey || event.isComposing) return;
  const press = `mod+${event.key.toLowerCase()}`;
  const found = activeKeys()
    .reverse()
    .find((key) => key.press === press);
  if (!found) return;
  event.preventDefault();
  found.run();
}

function onKeyDown(event: KeyboardEvent) {
  if (isMac ? event.metaKey : event.ctrlKey) return withModifier(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (keysOff() && event.key !== '?') return;
  const sequence = event.timeStamp - beforeAt < SEQUENCE_MS ? `${before} ${event.key}` : '';
  before = event.key;
  beforeAt = event.timeStamp;
  // The newest page's keys win over the shell's, and a sequence over its last key.
  const keys = activeKeys().reverse();
  const found = keys.find(({ press }) => press === sequence) ?? keys.find(({ press }) => press === event.key);
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
