import { type ReactNode, useId } from 'react';
import classes from './sections.module.css';

/** A page of settings: one subject under the other, scrolling as a whole. */
export function Sections({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <div className={classes.scroller} tabIndex={0}>
      <div className={classes.sections}>{children}</div>
    </div>
  );
}

interface Props {
  title: string;
  /** What it is for, in a sentence or two. */
  hint?: string;
  /** Stands under the hint: what begins something. */
  action?: ReactNode;
  children: ReactNode;
}

export function Section({ title, hint, action, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.about}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {hint && <p className={classes.hint}>{hint}</p>}
        {action}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
