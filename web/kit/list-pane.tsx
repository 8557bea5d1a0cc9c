import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './list-pane.module.css';
import { Lines } from './skeleton.tsx';

interface Props {
  isLoading: boolean;
  /** As wide as the page: for a matrix, say. */
  isWide?: boolean;
  children: ReactNode;
}

/** Short lists under each other in a page, scrolling as a whole. */
export function ListPane({ isLoading, isWide = false, children }: Props) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <div className={classes.scroller} tabIndex={0}>
      <div className={classes.pane} data-wide={isWide || undefined}>
        {isLoading ? (
          <div role="status" aria-label={t('loading')}>
            <Lines count={8} />
          </div>
        ) : (
          children
        )}
      </div>
    </div>
  );
}

/** A heading over a part of the pane, what it is for, and what begins something. */
export function PaneHead({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className={classes.head}>
      <div className={classes.about}>
        <h2 className={classes.title}>{title}</h2>
        {hint && <p className={classes.hint}>{hint}</p>}
      </div>
      {action}
    </div>
  );
}
