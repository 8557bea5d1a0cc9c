import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Place } from '../features.ts';
import { i18next } from '../i18n.ts';
import { session } from '../session/session.ts';
import { InAppLink } from './in-app-link.tsx';
import { notifyProblem } from './notify.ts';

const ID = 'undo';
const OFFERED_MS = 8000;
let last: (() => Promise<unknown>) | undefined;

/** Where what was done can be found. */
export interface More {
  text: string;
  place: Place;
}

function hrefOf({ to, search = {} }: Place) {
  const words = new URLSearchParams(
    Object.entries(search).filter((each): each is [string, string] => each[1] !== undefined),
  );
  return words.size > 0 ? `${to}?${words}` : to;
}

/** Says what was done and offers to take it back: by the button, or by Ctrl+Z while it is the last thing done. */
export function offerUndo(message: string, undo: () => Promise<unknown>, more?: More) {
  last = undo;
  notifications.hide(ID);
  notifications.show({
    id: ID,
    color: 'tide',
    autoClose: OFFERED_MS,
    closeButtonProps: { 'aria-label': i18next.t('close') },
    message: (
      <span style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12 }}>
        <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {message}
          {more && (
            <>
              {' '}
              <InAppLink href={hrefOf(more.place)} onClick={() => notifications.hide(ID)}>
                {more.text}
              </InAppLink>
            </>
          )}
        </span>
        <Button style={{ flex: 'none' }} size="compact-sm" variant="default" onClick={() => void undoLast()}>
          {i18next.t('undo')}
        </Button>
      </span>
    ),
  });
}

/** Nothing of one page, or of one person, is taken back from another. */
export function forgetUndo() {
  last = undefined;
  notifications.hide(ID);
}

export async function undoLast(): Promise<void> {
  const undo = last;
  forgetUndo();
  await undo?.().catch(notifyProblem);
}

function onKeyDown(event: KeyboardEvent) {
  const isField = event.target instanceof Element && event.target.closest('input:not([type=checkbox]), textarea');
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || isField || !last) return;
  event.preventDefault();
  void undoLast();
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown);

// What one person did is never taken back in the name of the next.
session.onForget(forgetUndo);
