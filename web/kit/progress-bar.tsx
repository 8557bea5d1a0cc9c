import classes from './progress-bar.module.css';

interface Props {
  label: string;
  done: number;
  /** Not known yet: the bar only says that work goes on. */
  total: number | null;
}

/** How far work has come. */
export function ProgressBar({ label, done, total }: Props) {
  const share = total ? Math.min(1, done / total) : undefined;
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === undefined ? {} : { 'aria-valuenow': Math.round(share * 100) })}
    >
      <div
        className={classes.bar}
        data-unknown={share === undefined || undefined}
        style={{ transform: share === undefined ? undefined : `scaleX(${share})` }}
      />
    </div>
  );
}
