// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its rows
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import classes from './sheet.module.css';
import type { SheetSection } from './sheet-lines.ts';

interface Props {
  /** The cell's, so that the grid can name it as its active one. */
  id: string;
  section: SheetSection;
  line: number;
  columns: number;
  isActive: boolean;
  onToggle: () => void;
  height: number;
  start: number;
}

/** The heading of rows that belong together: what they share, and how many they are. */
export function SectionRow({ id, section, line, columns, isActive, onToggle, height, start }: Props) {
  const { i18n } = useTranslation();
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      className={classes.section}
      data-active={isActive || undefined}
      style={{ height, transform: `translateY(${start}px)` }}
      onClick={onToggle}
    >
      <div
        role="gridcell"
        id={id}
        aria-colspan={columns}
        aria-expanded={section.isOpen}
        className={classes.sectionCell}
      >
        <Icon name={section.isOpen ? 'chevronDown' : 'chevronRight'} size={14} />
        <b>{section.label}</b> <span>{section.count.toLocaleString(i18n.language)}</span>
      </div>
    </div>
  );
}
