import { useDebouncedValue } from '@mantine/hooks';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { Icon } from '../kit/icon.tsx';
import { keyCaps } from '../kit/keys.ts';
import classes from './palette.module.css';
import type { Steering } from './palette.tsx';
import { type Entry, useGroups } from './palette-entries.ts';

const TYPING_PAUSE_MS = 120;

interface Props {
  /** Of the list they stand in. */
  id: string;
  text: string;
  steer: (steering: Steering) => void;
  onKey: RefObject<((key: string) => void) | undefined>;
  onClose: () => void;
  onKeys: () => void;
}

/** What the palette's words find, one of them chosen. */
export default function PaletteResults({ id, text, steer, onKey, onClose, onKeys }: Props) {
  const [words] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  // Other words begin at their first result.
  const [at, setAt] = useState({ text, index: 0 });
  const { groups, isBusy } = useGroups(text, words, onKeys);
  const entries = groups.flatMap((group) => group.entries);
  const chosen = Math.min(at.text === text ? at.index : 0, entries.length - 1);
  const chosenId = chosen >= 0 ? `${id}-${chosen}` : undefined;
  const choose = (index: number) => setAt({ text, index });

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen comes into view, whatever moved it
  useEffect(() => {
    if (chosenId) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId, entries.length]);
  useEffect(() => steer({ chosen: chosenId, isBusy }), [steer, chosenId, isBusy]);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  useLayoutEffect(() => {
    onKey.current = (key) => {
      if (key === 'Enter') return run(entries[chosen]);
      const step = key === 'ArrowDown' ? 1 : -1;
      choose((chosen + step + entries.length) % Math.max(1, entries.length));
    };
  });
  return groups.map(({ label, entries: those }) => (
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
            onMouseMove={() => choose(index)}
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
  ));
}
