import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icon.tsx';
import { keyCaps } from '../kit/keys.ts';
import classes from './palette.module.css';
import { type Entry, useGroups } from './palette-entries.ts';

const TYPING_PAUSE_MS = 120;

interface Props {
  onClose: () => void;
  onKeys: () => void;
}

/** Goes anywhere, finds any record and does anything, from the keyboard. */
export default function Palette({ onClose, onKeys }: Props) {
  const { t } = useTranslation();
  return (
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      yOffset="10vh"
      size={620}
      transitionProps={{ duration: 60 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <Modal.Body p={0}>
          <Chooser onClose={onClose} onKeys={onKeys} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Chooser({ onClose, onKeys }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { groups, isBusy } = useGroups(text, words, onKeys);
  const entries = groups.flatMap((group) => group.entries);
  const chosen = Math.min(at, entries.length - 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen comes into view, whatever moved it
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, entries.length]);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((chosen + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={classes.head} data-busy={isBusy || undefined}>
        <Icon name="search" />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd className={classes.cap}>esc</kbd>
      </div>
      <div ref={list} id={id} role="listbox" aria-label={t('palette.results')} className={classes.list} tabIndex={-1}>
        {groups.map(({ label, entries: those }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={label} role="group" aria-label={label}>
            <div className={classes.group} aria-hidden="true">
              {label}
            </div>
            {those.map((entry) => {
              const index = entries.indexOf(entry);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the input hears the keys
                // biome-ignore lint/a11y/useFocusableInteractive: the input has the focus and names the option
                <div
                  key={entry.id}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === chosen}
                  className={classes.option}
                  onMouseMove={() => setAt(index)}
                  onClick={() => run(entry)}
                >
                  <Icon name={entry.icon} size={17} />
                  <span className={classes.title}>{entry.title}</span>
                  {entry.detail && <span className={classes.detail}>{entry.detail}</span>}
                  {entry.press && (
                    <span className={classes.caps}>
                      {keyCaps(entry.press).map((cap) => (
                        <kbd key={cap} className={classes.cap}>
                          {cap}
                        </kbd>
                      ))}
                    </span>
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </>
  );
}
