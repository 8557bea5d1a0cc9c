import classes from './skeleton.module.css';

/** A grey bar where text will be. Whoever shows several says "loading" once, for all of them. */
export function Bar({ width = '70%', height = 10 }: { width?: number | string; height?: number }) {
  return <span className={classes.bar} style={{ width, height }} />;
}

/** Bars of differing lengths, as lines of a text. */
export function Lines({ count }: { count: number }) {
  const widths = ['64%', '82%', '47%', '71%', '58%'];
  return (
    <div className={classes.lines} aria-hidden="true">
      {Array.from({ length: count }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity and never move
        <Bar key={line} width={widths[line % widths.length] ?? '60%'} />
      ))}
    </div>
  );
}
