import { Link } from '@tanstack/react-router';
import { Icon, type IconName } from './icon.tsx';
import classes from './view-links.module.css';

interface Props {
  label: string;
  /** Name of the part of the address that says which view is shown. */
  param: string;
  /** The first is shown unless the address tells. */
  views: { id: string; label: string; icon: IconName }[];
  current: string;
}

/** The same things seen in several ways: each has its address. */
export function ViewLinks({ label, param, views, current }: Props) {
  return (
    <nav className={classes.views} aria-label={label}>
      {views.map((view, index) => (
        <Link
          key={view.id}
          to="."
          search={(old: Record<string, unknown>) => ({ ...old, [param]: index === 0 ? undefined : view.id })}
          className={classes.view}
          // The router would take an address that says more for one that says less.
          activeOptions={{ exact: true, explicitUndefined: true }}
          data-current={view.id === current || undefined}
          title={view.label}
        >
          <Icon name={view.icon} size={15} />
          <span className={classes.name}>{view.label}</span>
        </Link>
      ))}
    </nav>
  );
}
