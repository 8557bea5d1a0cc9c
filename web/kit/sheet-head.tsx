// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot have only the rows in view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './sheet.module.css';
import type { SheetColumn } from './sheet-props.ts';
import { SortHeader, sortedBy } from './sort-header.tsx';

interface Props<Row> {
  columns: SheetColumn<Row>[];
  sort: string;
  onSort: (sort: string) => void;
  onReorder: (id: string, before: string) => void;
  isAllSelected: boolean;
  isSomeSelected: boolean;
  onToggleAll: () => void;
}

/** The headers: pressing one sorts by it, again turns the order around; dragged, the column goes with it. */
export function SheetHead<Row>({ columns, sort, onSort, onReorder, ...picked }: Props<Row>) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        <div role="columnheader" className={classes.pick}>
          <input
            type="checkbox"
            aria-label={t('sheet.selectAll')}
            checked={picked.isAllSelected}
            ref={(box) => {
              if (box) box.indeterminate = picked.isSomeSelected && !picked.isAllSelected;
            }}
            onChange={picked.onToggleAll}
          />
        </div>
        {columns.map((column, place) => {
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={sortedBy(column, sort)}
              className={classes.cell}
              data-align={column.align}
              data-over={(over === column.id && dragged !== column.id) || undefined}
              draggable={place > 0}
              onDragStart={() => setDragged(column.id)}
              onDragOver={(event) => {
                if (!dragged || place === 0) return;
                event.preventDefault();
                setOver(column.id);
              }}
              onDragEnd={() => {
                setDragged(undefined);
                setOver(undefined);
              }}
              onDrop={() => dragged && dragged !== column.id && onReorder(dragged, column.id)}
            >
              <SortHeader column={column} sort={sort} onSort={onSort} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
