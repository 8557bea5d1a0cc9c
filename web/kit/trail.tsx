import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Search } from '../page-search.ts';
import { Icon } from './icon.tsx';
import classes from './trail.module.css';

export interface Crumb {
  label: string;
  to: string;
  /** What the page above showed, so that the way back leads to the same. */
  search?: Search;
}

/** The way back up: the pages that this one lies under. */
export function Trail({ crumbs }: { crumbs: Crumb[] }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('trail')}>
      <ol className={classes.trail}>
        {crumbs.map(({ label, to, search }) => (
          <li key={to} className={classes.crumb}>
            <Link to={to} search={(search ?? {}) as never}>
              {label}
            </Link>
            <Icon name="chevronRight" size={14} />
          </li>
        ))}
      </ol>
    </nav>
  );
}
