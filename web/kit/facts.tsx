import { Fragment, type ReactNode } from 'react';
import classes from './facts.module.css';

/** Names and values beside each other; what has no value is left out. */
export function Facts({ items }: { items: [name: string, value: ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
        .map(([name, value], place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a company may name a field of its own as another is named
          <Fragment key={place}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
