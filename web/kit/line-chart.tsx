import classes from './chart.module.css';

export interface LineOf {
  name: string;
  /** One value a step; a line that has not come so far is shorter. */
  values: number[];
  /** What it is compared with: thinner and dashed. */
  isQuiet?: boolean;
}

interface Props {
  /** What it shows, with its outcome: all that a screen reader says of it. */
  label: string;
  lines: LineOf[];
  /** Steps that the axis has room for. */
  steps: number;
  /** The top of the scale in words. */
  top: (value: number) => string;
  begin: string;
  end: string;
}

const WIDTH = 400;
const HEIGHT = 132;

/** Two courses over the same time. */
export function LineChart({ label, lines, steps, top, begin, end }: Props) {
  const most = Math.max(...lines.flatMap(({ values }) => values), 0);
  const point = (value: number, step: number) =>
    `${((step / Math.max(1, steps - 1)) * WIDTH).toFixed(1)},${(HEIGHT - (most > 0 ? value / most : 0) * (HEIGHT - 18)).toFixed(1)}`;
  return (
    <figure style={{ margin: 0 }}>
      <div className={classes.lineBox}>
        <svg
          className={classes.lines}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          {[18, 75, HEIGHT].map((y) => (
            <line key={y} className={classes.grid} x1="0" x2={WIDTH} y1={y} y2={y} />
          ))}
          {lines.map(({ name, values, isQuiet }) => (
            <polyline key={name} className={classes.line} data-quiet={isQuiet} points={values.map(point).join(' ')} />
          ))}
        </svg>
        {most > 0 && (
          <span className={classes.scale} style={{ top: 17 }} aria-hidden="true">
            {top(most)}
          </span>
        )}
      </div>
      <div className={classes.axis} aria-hidden="true">
        <span>{begin}</span>
        <span>{end}</span>
      </div>
      <ul className={classes.legend}>
        {lines.map(({ name, isQuiet }) => (
          <li key={name} data-quiet={isQuiet}>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}
