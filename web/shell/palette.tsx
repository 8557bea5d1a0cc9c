import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icon.tsx';
import { lazy } from '../lazy.ts';
import classes from './palette.module.css';

const Results = lazy(() => import('./palette-results.tsx'));

interface Props {
  onClose: () => void;
  onKeys: () => void;
}

/** What the results tell the field: which of them is chosen, whether others are on their way, and where keys go. */
export interface Steering {
  chosen?: string | undefined;
  isBusy: boolean;
}

/**
 * Goes anywhere, finds any record and does anything, from the keyboard. The field is part of the shell and there with
 * the key that calls it: whoever types at once loses nothing, and types into nothing else. What it finds may come later.
 */
export function Palette({ onClose, onKeys }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [steering, steer] = useState<Steering>({ isBusy: true });
  const onKey = useRef<(key: string) => void>(undefined);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // What lies under it stays.
      event.stopPropagation();
      event.preventDefault();
      return onClose();
    }
    if (!['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onKey.current?.(event.key);
  };
  return (
    <dialog
      ref={dialog}
      // biome-ignore lint/a11y/noRedundantRoles: keys of the page ask for the role by name
      role="dialog"
      className={classes.dialog}
      aria-label={t('palette.title')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={classes.inside}>
        <div className={classes.head} data-busy={steering.isBusy || undefined}>
          <Icon name="search" />
          <input
            autoFocus
            className={classes.input}
            role="combobox"
            aria-expanded
            aria-controls={id}
            aria-activedescendant={steering.chosen}
            aria-label={t('palette.title')}
            placeholder={t('palette.placeholder')}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <kbd className={classes.cap}>esc</kbd>
        </div>
        <div id={id} role="listbox" aria-label={t('palette.results')} className={classes.list} tabIndex={-1}>
          <Results id={id} text={text} steer={steer} onKey={onKey} onClose={onClose} onKeys={onKeys} />
        </div>
      </div>
    </dialog>
  );
}

/** Fetches the results when somebody first stirs, which no first load waits for. */
export function useResultsAhead() {
  useEffect(() => {
    const stirred = new AbortController();
    const fetchAhead = () => {
      stirred.abort();
      void Results.preload();
    };
    for (const stir of ['pointermove', 'keydown'])
      window.addEventListener(stir, fetchAhead, { signal: stirred.signal });
    return () => stirred.abort();
  }, []);
}
