import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import classes from './rows.module.css';

/** A short list in a frame: for more than a screenful, take the table. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

interface Props {
  icon?: IconName;
  title: ReactNode;
  /** The quieter second line. */
  detail?: ReactNode;
  actions?: ReactNode;
}

export function RowItem({ icon, title, detail, actions }: Props) {
  return (
    <li className={classes.row}>
      {icon && (
        <span className={classes.icon}>
          <Icon name={icon} />
        </span>
      )}
      <div className={classes.text}>
        <div className={classes.title}>{title}</div>
        {detail && <div className={classes.detail}>{detail}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </li>
  );
}
