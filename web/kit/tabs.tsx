import type { ReactNode } from 'react';
import classes from './tabs.module.css';

interface Props {
  label: string;
  tabs: { id: string; label: string; count?: number | undefined }[];
  chosen: string;
  onChoose: (id: string) => void;
  /** Stands at the other end of the line. */
  children?: ReactNode;
}

/** A choice of what the list beneath shows: buttons of which one is pressed. */
export function Tabs({ label, tabs, chosen, onChoose, children }: Props) {
  return (
    <div className={classes.line}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a line everywhere */}
      <div role="group" aria-label={label} className={classes.tabs}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            className={classes.tab}
            aria-pressed={tab.id === chosen}
            onClick={() => onChoose(tab.id)}
          >
            {tab.label}
            {tab.count !== undefined && <span className={classes.count}>{tab.count}</span>}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
