import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { Bar } from '../../../web/kit/skeleton.tsx';
import { saidByServer } from '../../../web/said-by-server.ts';
import type { ImportColumn } from './import.ts';
import classes from './imports.module.css';

interface Option {
  value: string;
  label: string;
}
export type FieldOptions = (Option | { group: string; items: Option[] })[];

interface Props {
  column: ImportColumn;
  /** Undefined while they load. */
  samples: string[] | undefined;
  options: FieldOptions;
  onChoose: (field: string | null) => void;
}

/** A guess below this is for people to look at. */
const SURE = 0.65;
/** One above this needs no explanation. */
const SAFE = 0.8;

export function ColumnRow({ column, samples, options, onChoose }: Props) {
  const { t } = useTranslation('imports');
  const isPlain = column.field !== null && column.confidence >= SAFE;
  const isUnsure = column.field !== null && column.confidence < SURE && !column.field.startsWith('custom:');
  return (
    <li className={classes.column} data-left={column.field === null || undefined}>
      <div className={classes.header}>
        <span className={classes.headerName}>{column.header}</span>
        <span className={classes.samples}>
          {samples ? samples.join(' · ') || t('columns.empty') : <Bar width="60%" height={8} />}
        </span>
      </div>
      <span className={classes.arrow}>
        <Icon name="arrowRight" size={15} />
      </span>
      <Select
        aria-label={t('columns.fieldFor', { header: column.header })}
        data={options}
        value={column.field ?? ''}
        onChange={(value) => onChoose(value || null)}
        searchable
        nothingFoundMessage={t('columns.noField')}
        // A file may have hundreds of columns, each with its list of fields.
        comboboxProps={{ keepMounted: false }}
        size="xs"
      />
      <span className={classes.reason} data-unsure={isUnsure || undefined}>
        {isUnsure && `${t('columns.unsure')} `}
        {!isPlain && saidByServer(column.reason)}
      </span>
    </li>
  );
}
