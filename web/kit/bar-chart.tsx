import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Place } from '../features.ts';
import classes from './chart.module.css';

export interface BarOf {
  id: string;
  name: string;
  /** Its length, and how much of it is dark. */
  size: number;
  part?: number;
  value: ReactNode;
  more?: ReactNode;
  /** Where it leads. */
  place?: Place;
}

const percent = (size: number, most: number) => `${most > 0 ? Math.max(size > 0 ? 1 : 0, (size / most) * 100) : 0}%`;

/** Bars under each other, each a link with its name and value in words. */
export function BarChart({ label, bars }: { label: string; bars: BarOf[] }) {
  const most = Math.max(...bars.map(({ size }) => size));
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map(({ id, name, size, part, value, more, place }) => {
        const content = (
          <>
            <span className={classes.barName}>{name}</span>
            <span className={classes.track} aria-hidden="true">
              <span className={classes.fill} style={{ width: percent(size, most) }} />
              <span className={classes.part} style={{ width: percent(part ?? size, most) }} />
            </span>
            <span className={classes.barValue}>
              {value} {more && <span className={classes.barMore}>{more}</span>}
            </span>
          </>
        );
        return (
          <li key={id}>
            {place ? (
              <Link to={place.to} search={(place.search ?? {}) as never} className={classes.bar}>
                {content}
              </Link>
            ) : (
              <div className={classes.bar}>{content}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
