import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { saidByServer } from '../../../web/said-by-server.ts';
import { keyOfCustom } from './fields.ts';
import { type Import, outcomeTones, type PreviewRow, type RowProblem } from './import.ts';
import classes from './imports.module.css';

/** Fields that are shown by what they become: an owner by name, a name in its two parts. */
const shownAs: Record<string, string[]> = { full_name: ['first_name', 'last_name'], owner: [] };

export function PreviewTable({ it, rows }: { it: Import; rows: PreviewRow[] }) {
  const { t } = useTranslation('imports');
  const mapped = it.mapping.flatMap(({ field, header }) =>
    (field === null ? [] : (shownAs[field] ?? [field])).map((name) => ({ name, header })),
  );
  const said = (row: PreviewRow, name: string) => {
    const text = textOf(row, name);
    return name === 'status' && text ? t(`contacts:statuses.${text}`, text) : text;
  };
  const columns = mapped.filter(({ name }) => rows.some((row) => textOf(row, name) !== ''));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className={classes.sheet} tabIndex={0} aria-label={t('preview.title')}>
      <table className={classes.rows}>
        <thead>
          <tr>
            <th scope="col">{t('row')}</th>
            <th scope="col">{t('outcome')}</th>
            {columns.map(({ name, header }) => (
              <th key={name} scope="col">
                {keyOfCustom(name) ? header : t(`fields.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.row}>
              <tr data-out={row.outcome === 'skipped' || row.outcome === 'failed' || undefined}>
                <td className={classes.soft}>{row.row}</td>
                <td>
                  <Status tone={outcomeTones[row.outcome]} label={t(`outcomes.${row.outcome}`)} />
                </td>
                {columns.map(({ name }) => (
                  <td key={name} title={said(row, name)}>
                    {said(row, name)}
                  </td>
                ))}
              </tr>
              {row.problems.map((problem) => (
                <tr key={`${problem.column} ${problem.code}`} className={classes.problem}>
                  <td />
                  <td colSpan={columns.length + 1}>
                    <Icon name="warning" size={14} /> {problem.column && <b>{problem.column}: </b>}
                    {saidByServer(problem.message)} {isNew(problem) && <q>{problem.value}</q>}
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Most messages say the value themselves. */
const isNew = ({ value, message }: RowProblem) => value !== null && value !== '' && !message.includes(value);

function textOf({ contact }: PreviewRow, field: string): string {
  const key = keyOfCustom(field);
  const own = contact.custom_fields as Record<string, unknown> | undefined;
  const value = key ? own?.[key] : contact[field];
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
