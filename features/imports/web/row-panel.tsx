import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { saidByServer } from '../../../web/said-by-server.ts';
import type { Import } from './import.ts';
import classes from './imports.module.css';
import { RowOutcome, useTroubledRows } from './troubled-rows.tsx';

/** A row as the file has it, with what is wrong beside each cell. */
export function RowPanel({ it, id, onClose }: { it: Import; id: string; onClose: () => void }) {
  const { t } = useTranslation('imports');
  const row = useTroubledRows(it).items?.find((one) => one.id === id);
  if (!row) return null;
  const title = t('rowNumber', { row: row.row });
  const general = row.problems.filter(({ column }) => column === null || !it.headers.includes(column));
  return (
    <SidePanel label={title} onClose={onClose}>
      <h2 className={classes.panelTitle}>{title}</h2>
      <RowOutcome row={row} />
      {general.map(({ code, message }) => (
        <p key={code} className={classes.wrong}>
          <Icon name="warning" size={14} /> {saidByServer(message)}
        </p>
      ))}
      <dl className={classes.cells}>
        {it.headers.map((header, column) => {
          const wrong = row.problems.filter((problem) => problem.column === header);
          if (!row.cells[column] && wrong.length === 0) return null;
          return (
            <div key={header} className={classes.cell}>
              <dt>{header}</dt>
              <dd>
                {row.cells[column]}
                {wrong.map(({ code, message }) => (
                  <p key={code} className={classes.wrong}>
                    <Icon name="warning" size={14} /> {saidByServer(message)}
                  </p>
                ))}
              </dd>
            </div>
          );
        })}
      </dl>
    </SidePanel>
  );
}
