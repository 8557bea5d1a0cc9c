import { type ReactNode, useId } from 'react';
import classes from './card.module.css';

interface Props {
  title: string;
  /** Beside the title: how many, or a link to all. */
  aside?: ReactNode;
  /** Takes the whole width. */
  isWide?: boolean;
  children: ReactNode;
}

/** A page of parts that are read at a glance, as many beside each other as there is room for. */
export function Cards({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <div className={classes.scroller} tabIndex={0}>
      <div className={classes.cards}>{children}</div>
    </div>
  );
}

export function Card({ title, aside, isWide = false, children }: Props) {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id} data-wide={isWide || undefined}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {aside && <div className={classes.aside}>{aside}</div>}
      </header>
      {children}
    </section>
  );
}
