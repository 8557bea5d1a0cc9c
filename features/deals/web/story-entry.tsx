import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../../web/kit/icon.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import classes from './deal-page.module.css';

interface Props {
  at: string;
  icon: IconName;
  who: string | undefined;
  what: ReactNode;
  actions?: ReactNode;
  /** What was said, or what changes it. */
  children?: ReactNode;
}

/** One line of a deal's story. */
export function StoryEntry({ at, icon, who, what, actions, children }: Props) {
  return (
    <li className={classes.entry}>
      <span className={classes.mark}>
        <Icon name={icon} size={14} />
      </span>
      <div className={classes.text}>
        <p className={classes.what}>
          {who && <b>{who}</b>} {what}{' '}
          <span className={classes.when}>
            <RelativeTime at={at} />
          </span>
        </p>
        {children}
      </div>
      {actions}
    </li>
  );
}

export function Said({ text }: { text: string | null | undefined }) {
  return text ? <p className={classes.body}>{text}</p> : null;
}
