import type { ReactNode } from 'react';
import { useEffect } from 'react';
import classes from './page.module.css';
import { type Crumb, Trail } from './trail.tsx';

interface Props {
  title: string;
  /** What the page lies under, outermost first. */
  trail?: Crumb[];
  /** A short figure beside the title: how many there are. */
  count?: string | undefined;
  actions?: ReactNode;
  toolbar?: ReactNode;
  /** Stands beside the content on a wide screen, over it on a phone. */
  side?: ReactNode;
  children: ReactNode;
}

export function Page({ title, trail, count, actions, toolbar, side, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Bulkhead`;
  }, [title]);
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        {trail && <Trail crumbs={trail} />}
        <h1 className={classes.title}>
          {title} {count && <span className={classes.count}>{count}</span>}
        </h1>
        {toolbar && <div className={classes.toolbar}>{toolbar}</div>}
        <div className={classes.actions}>{actions}</div>
      </header>
      <div className={classes.content}>
        <div className={classes.main}>{children}</div>
        {side}
      </div>
    </div>
  );
}
