import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AnyField } from './own-field.ts';

interface Props {
  field: AnyField;
  /** What the record holds, or the text that is being typed. */
  value?: unknown;
  error?: string | undefined;
  onChange: (value: unknown) => void;
}

const inputTypes: Partial<Record<AnyField['type'], string>> = { date: 'date', email: 'email', phone: 'tel' };

/** A field of a company's own in a form. */
export function OwnInput({ field, value, error, onChange }: Props) {
  const { t } = useTranslation('custom-fields');
  const common = { label: field.label, error };
  const clearing = {
    clearable: !field.isRequired,
    clearButtonProps: { 'aria-label': t('empty', { label: field.label }) },
  };
  const text = value === null || value === undefined ? '' : String(value);
  switch (field.type) {
    case 'choice':
      return (
        <Select
          {...common}
          {...clearing}
          data={field.options ?? []}
          value={text || null}
          searchable={(field.options?.length ?? 0) > 8}
          onChange={onChange}
        />
      );
    case 'boolean':
      return (
        <Select
          {...common}
          {...clearing}
          data={['true', 'false'].map((one) => ({ value: one, label: t(one === 'true' ? 'yes' : 'no') }))}
          value={text || null}
          onChange={(chosen) => onChange(chosen === null ? null : chosen === 'true')}
        />
      );
    case 'multi':
      return (
        <MultiSelect
          {...common}
          data={field.options ?? []}
          value={(value as string[] | null) ?? []}
          onChange={(chosen) => onChange(chosen.length > 0 ? chosen : null)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={inputTypes[field.type] ?? 'text'}
          inputMode={field.type === 'number' || field.type === 'money' ? 'decimal' : undefined}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
