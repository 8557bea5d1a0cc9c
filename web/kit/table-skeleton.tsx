// biome-ignore-all lint/a11y/useSemanticElements: stands in for the rows of a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: there is nothing to do yet
import { Bar } from './skeleton.tsx';
import classes from './table.module.css';

const ROWS = Array.from({ length: 16 }, (_, row) => `row ${row}`);

interface Props {
  columns: number;
  label: string;
  height: number;
}

/** Rows to come: says once, in words, that they are on their way. */
export function TableSkeleton({ columns, label, height }: Props) {
  const widths = Array.from({ length: columns }, (_, column) => `${40 + ((column * 37) % 45)}%`);
  return (
    <div role="rowgroup">
      <div role="row" className="visually-hidden">
        <div role="gridcell">{label}</div>
      </div>
      {ROWS.map((row) => (
        <div key={row} className={classes.waiting} style={{ height }} aria-hidden="true">
          {widths.map((width) => (
            <Bar key={width} width={width} />
          ))}
        </div>
      ))}
    </div>
  );
}
