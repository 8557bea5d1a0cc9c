import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, memo, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Coverage } from './attacks.tsx';
import classes from './matrix.module.css';
import { MatrixCell } from './matrix-cell.tsx';

export const verdicts = ['l', 'u', 'h', 'n'] as const;
export type Verdict = (typeof verdicts)[number];
const MARKS: Record<Verdict, string> = { l: 'L', u: '?', h: '✓', n: '·' };

type Row = Coverage['endpoints'][number];
interface Place {
  row: Row;
  attack: number;
}

const STEPS: Record<string, readonly [down: number, right: number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Endpoint by attack: what leaked, held, does not apply or was not reached; the reason of the cell that is chosen. */
export function Matrix({ coverage, counts }: { coverage: Coverage; counts: Record<Verdict, number | null> }) {
  const { t, i18n } = useTranslation('isolation');
  const [wanted, setWanted] = useState<Verdict>();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Place>();
  const table = useRef<HTMLTableElement>(null);
  const words = useDeferredValue(search).toLowerCase();
  const rows = useMemo(() => {
    const sorted = [...coverage.endpoints].sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1));
    return sorted.filter(
      ({ method, path, verdicts: own }) =>
        (wanted === undefined || own.includes(wanted)) && `${method} ${path}`.toLowerCase().includes(words),
    );
  }, [coverage, wanted, words]);
  const at = chosen && rows.includes(chosen.row) ? chosen : rows[0] && { row: rows[0], attack: 0 };

  const choose = (row: number, attack: number) => {
    const [place] = [rows[Math.min(Math.max(row, 0), rows.length - 1)]];
    if (!place) return;
    const column = Math.min(Math.max(attack, 0), coverage.attacks.length - 1);
    setChosen({ row: place, attack: column });
    const cell = table.current?.tBodies[0]?.rows[rows.indexOf(place)]?.cells[column + 1];
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const onClick = ({ target }: MouseEvent) => {
    const cell = (target as HTMLElement).closest('td');
    if (cell) choose((cell.parentElement as HTMLTableRowElement).sectionRowIndex, cell.cellIndex - 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!at || (step === undefined && event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    const row = rows.indexOf(at.row);
    if (step) choose(row + step[0], at.attack + step[1]);
    else choose(row, event.key === 'Home' ? 0 : coverage.attacks.length - 1);
  };

  return (
    <div className={classes.matrix}>
      <div className={classes.bar}>
        <fieldset className={classes.verdicts} aria-label={t('matrix.filter')}>
          {verdicts.map((verdict) => (
            <button
              key={verdict}
              type="button"
              data-verdict={verdict}
              aria-pressed={wanted === verdict}
              disabled={counts[verdict] === 0}
              onClick={() => setWanted(wanted === verdict ? undefined : verdict)}
            >
              <b>{(counts[verdict] ?? 0).toLocaleString(i18n.language)}</b> {t(`matrix.verdicts.${verdict}`)}
            </button>
          ))}
        </fieldset>
        <TextInput
          aria-label={t('matrix.search')}
          placeholder={t('matrix.search')}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          size="xs"
          className={classes.search}
        />
      </div>
      <div className={classes.scroller}>
        <table
          ref={table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is walked through by its arrows
          role="grid"
          aria-label={t('matrix.title')}
          aria-rowcount={rows.length + 1}
          onClick={onClick}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col">{t('matrix.endpoint')}</th>
              {coverage.attacks.map(({ number, name }, i) => (
                <th
                  key={number}
                  scope="col"
                  title={name}
                  aria-label={`${number} ${name}`}
                  data-at={at?.attack === i || undefined}
                >
                  {number}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.method + row.path} row={row} wanted={wanted} at={at?.row === row ? at.attack : -1} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className={classes.none}>{t('matrix.none')}</p>}
      </div>
      {at && <MatrixCell coverage={coverage} row={at.row} attack={at.attack} />}
    </div>
  );
}

/** Of a few thousand cells only the two lines are drawn anew that the choice left and came to. */
const Line = memo(function Line({ row, wanted, at }: { row: Row; wanted: Verdict | undefined; at: number }) {
  const { t } = useTranslation('isolation');
  return (
    <tr data-at={at >= 0 || undefined}>
      <th scope="row" title={`${row.method} ${row.path}`}>
        <span data-method={row.method}>{row.method}</span> {row.path}
      </th>
      {[...row.verdicts].map((letter, i) => {
        const verdict = letter as Verdict;
        return (
          <td
            // biome-ignore lint/suspicious/noArrayIndexKey: an attack keeps its column
            key={i}
            data-verdict={verdict}
            data-faint={(wanted !== undefined && wanted !== verdict) || undefined}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid above
            role="gridcell"
            aria-label={t(`matrix.verdicts.${verdict}`)}
            aria-selected={at === i}
            tabIndex={at === i ? 0 : -1}
          >
            {MARKS[verdict]}
          </td>
        );
      })}
    </tr>
  );
});
