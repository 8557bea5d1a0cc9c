import classes from './status.module.css';

export type Tone = 'calm' | 'new' | 'active' | 'good' | 'bad' | 'idle';

/** A coloured dot with its word: the word carries the meaning, the colour makes it quick. */
export function Status({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span className={classes.status} data-tone={tone}>
      {label}
    </span>
  );
}
