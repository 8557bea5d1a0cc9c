import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Place } from '../features.ts';
import classes from './chart.module.css';

export interface ColumnOf {
  id: string;
  /** Under the column, as short as it can be. */
  name: string;
  size: number;
  /** What a screen reader says, and the tooltip. */
  text: string;
  /** What it leads to. */
  place?: Place;
}

/** Columns side by side, each a link where there is more to see. */
export function ColumnChart({ label, columns }: { label: string; columns: ColumnOf[] }) {
  const most = Math.max(1, ...columns.map(({ size }) => size));
  return (
    <ul className={classes.columns} aria-label={label}>
      {columns.map(({ id, name, size, text, place }) => (
        <li key={id}>
          <Column text={text} place={place}>
            <span className="visually-hidden">{text}</span>
            {size > 0 && (
              <span className={classes.columnCount} aria-hidden="true">
                {size}
              </span>
            )}
            <span className={classes.columnFill} style={{ height: `${(size / most) * 78}%` }} />
            <span className={classes.columnName} aria-hidden="true">
              {name}
            </span>
          </Column>
        </li>
      ))}
    </ul>
  );
}

function Column({ text, place, children }: { text: string; place: Place | undefined; children: ReactNode }) {
  return place ? (
    <Link to={place.to} search={(place.search ?? {}) as never} className={classes.column} title={text}>
      {children}
    </Link>
  ) : (
    <span className={classes.column} title={text}>
      {children}
    </span>
  );
}
