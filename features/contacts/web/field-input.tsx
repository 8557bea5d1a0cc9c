import { MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields.ts';

interface Props {
  field: Field;
  /** What the contact holds, or the text that is being typed. */
  value: unknown;
  error?: string | undefined;
  onChange: (value: unknown) => void;
}

/** A field in a form. */
export function FieldInput({ field, value, error, onChange }: Props) {
  const { t } = useTranslation('contacts');
  const common = { label: field.label, error };
  const text = value === null || value === undefined ? '' : String(value);
  switch (field.type) {
    case 'status':
    case 'choice':
    case 'person':
      return (
        <Select
          {...common}
          data={field.options ?? []}
          value={text || null}
          searchable={(field.options?.length ?? 0) > 8}
          clearable={!field.isRequired}
          clearButtonProps={{ 'aria-label': t('empty', { label: field.label }) }}
          onChange={onChange}
        />
      );
    case 'boolean':
      return (
        <Select
          {...common}
          data={['true', 'false'].map((one) => ({ value: one, label: t(one === 'true' ? 'yes' : 'no') }))}
          value={text || null}
          clearable={!field.isRequired}
          clearButtonProps={{ 'aria-label': t('empty', { label: field.label }) }}
          onChange={(chosen) => onChange(chosen === null ? null : chosen === 'true')}
        />
      );
    case 'tags':
      return (
        <TagsInput
          {...common}
          data={field.options ?? []}
          value={(value as string[] | null) ?? []}
          onChange={onChange}
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
    case 'long':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={
            field.type === 'date' ? 'date' : field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'text'
          }
          inputMode={field.type === 'number' || field.type === 'money' ? 'decimal' : undefined}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
