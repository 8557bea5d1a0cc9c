import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useUser } from '../../../web/session/use-session.ts';
import { ColumnRow, type FieldOptions } from './column-row.tsx';
import { fieldGroups, keyOfCustom, newFieldFor } from './fields.ts';
import { type Import, systemOf } from './import.ts';
import classes from './imports.module.css';
import { usePreview } from './use-import.ts';

interface Props {
  it: Import;
  change: (mapping: Record<string, string | null>) => void;
}

const SAMPLES = 3;

/** Every column of the file with what stands in it, and the field that it goes into. */
export function ColumnsStep({ it, change }: Props) {
  const { t } = useTranslation('imports');
  const preview = usePreview(it);
  const options = useFieldOptions(it);
  const left = it.mapping.filter(({ field }) => field === null).length;
  const system = systemOf(it);
  const samplesOf = (column: number) => {
    const values = preview.data?.map(({ cells }) => cells[column]?.trim() ?? '').filter(Boolean);
    return values && [...new Set(values)].slice(0, SAMPLES);
  };
  const choose = (header: string, field: string | null) => {
    // A field takes one column: who chooses it here takes it from where it was.
    const before = it.mapping.find((column) => field !== null && column.field === field && column.header !== header);
    change({ [header]: field, ...(before ? { [before.header]: null } : {}) });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <div className={classes.scroller} tabIndex={0}>
      <p className={classes.lead}>
        <b>{system ? t('columns.system', { system }) : t('columns.plain')}</b>{' '}
        {t('columns.mapped', { count: it.mapping.length - left, total: it.mapping.length })}
      </p>
      <ul className={classes.columns} aria-label={t('steps.columns')}>
        {it.mapping.map((column, index) => (
          <ColumnRow
            key={column.header}
            column={column}
            samples={samplesOf(index)}
            options={options(column)}
            onChoose={(field) => choose(column.header, field)}
          />
        ))}
      </ul>
    </div>
  );
}

function useFieldOptions(it: Import): (column: Import['mapping'][number]) => FieldOptions {
  const { t } = useTranslation('imports');
  const { role } = useUser();
  const { data: defined = [] } = useQuery({
    queryKey: ['custom_field_definitions', 'contacts'],
    queryFn: async () =>
      (await answer(api.GET('/api/custom-fields', { params: { query: { resource: 'contacts' } } }))).items,
  });
  const groups = Object.entries(fieldGroups).map(([group, fields]) => ({
    group: t(`groups.${group}`),
    items: fields.map((value): { value: string; label: string } => ({ value, label: t(`fields.${value}`) })),
  }));
  const known = defined.map(({ key, label }) => ({ value: `custom:${key}`, label }));
  const taken = new Set([...known.map(({ value }) => value), ...it.mapping.flatMap(({ field }) => field ?? [])]);
  return (column) => {
    const own = column.field !== null && keyOfCustom(column.field) ? column.field : undefined;
    const fresh = own && !known.some(({ value }) => value === own) ? own : newFieldFor(column.header, taken);
    const added = role === 'company_admin' || fresh === own;
    return [
      { value: '', label: t('columns.leaveOut') },
      ...groups,
      {
        group: t('groups.own'),
        items: [...known, ...(added ? [{ value: fresh, label: t('columns.newField', { name: column.header }) }] : [])],
      },
    ].filter((one) => !('items' in one) || one.items.length > 0);
  };
}
