import classes from './figures.module.css';
import { Bar } from './skeleton.tsx';

interface Figure {
  label: string;
  /** Undefined while it loads. */
  value: string | undefined;
  /** What puts it in proportion. */
  more?: string | undefined;
}

/** A few numbers in one line, above what they count. */
export function Figures({ label, items }: { label: string; items: Figure[] }) {
  return (
    <dl className={classes.figures} aria-label={label}>
      {items.map((item) => (
        <div key={item.label} className={classes.figure}>
          <dt className={classes.label}>{item.label}</dt>
          <dd className={classes.value}>
            {item.value ?? <Bar width={48} height={16} />}{' '}
            {item.more && <span className={classes.more}>{item.more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
