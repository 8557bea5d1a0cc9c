import { TagsInput, Textarea } from '@mantine/core';
import { OwnInput } from '../../custom-fields/web/own-input.tsx';
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
  const { type, label } = field;
  switch (type) {
    case 'tags':
      return (
        <TagsInput
          label={label}
          error={error}
          data={field.options ?? []}
          value={(value as string[] | null) ?? []}
          onChange={onChange}
        />
      );
    case 'long':
      return (
        <Textarea
          label={label}
          error={error}
          autosize
          minRows={3}
          maxRows={10}
          value={value === null || value === undefined ? '' : String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default: {
      const own = type === 'status' || type === 'person' ? 'choice' : type === 'time' ? 'date' : type;
      return <OwnInput field={{ ...field, type: own }} value={value} error={error} onChange={onChange} />;
    }
  }
}
