import { MultiSelect, Select, TagsInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './contacts.module.css';
import { type Field, isSame, parsed } from './fields.ts';

interface Props {
  field: Field;
  value: unknown;
  /** What was typed on the cell to begin: it takes the place of what stood there. */
  typed?: string | undefined;
  onSave: (value: unknown) => void;
  onClose: () => void;
}

/** A field in its cell: Enter or leaving it saves, Escape leaves it as it was. */
export default function CellEditor({ field, value, typed, onSave, onClose }: Props) {
  const { t } = useTranslation('contacts');
  const left = useRef(false);
  const finish = (next: unknown) => {
    if (left.current) return;
    left.current = true;
    if (!isSame(next, value)) onSave(next);
    onClose();
  };
  const cancel = () => finish(value);
  const common = { 'aria-label': field.label, autoFocus: true, size: 'xs' as const };
  switch (field.type) {
    case 'status':
    case 'choice':
    case 'person':
    case 'boolean': {
      const data =
        field.type === 'boolean'
          ? ['true', 'false'].map((one) => ({ value: one, label: t(one === 'true' ? 'yes' : 'no') }))
          : (field.options ?? []);
      return (
        <Select
          {...common}
          data={data}
          value={value === null ? null : String(value)}
          searchable={data.length > 8}
          allowDeselect={!field.isRequired}
          defaultDropdownOpened
          comboboxProps={{ width: 200, position: 'bottom-start', transitionProps: { duration: 0 } }}
          maxDropdownHeight={280}
          onChange={(chosen) => finish(chosen === null ? null : parsed(field, chosen))}
          onDropdownClose={cancel}
          onKeyDown={(event) => event.stopPropagation()}
        />
      );
    }
    case 'tags':
    case 'multi':
      return <ListEditor field={field} value={value} typed={typed} finish={finish} cancel={cancel} />;
    default:
      return <TextEditor field={field} value={value} typed={typed} finish={finish} cancel={cancel} />;
  }
}

interface PartProps {
  field: Field;
  value: unknown;
  typed: string | undefined;
  finish: (value: unknown) => void;
  cancel: () => void;
}

function ListEditor({ field, value, typed, finish, cancel }: PartProps) {
  const [chosen, setChosen] = useState((value as string[] | null) ?? []);
  const Input = field.type === 'tags' ? TagsInput : MultiSelect;
  return (
    <Input
      aria-label={field.label}
      autoFocus
      size="xs"
      className={classes.overlay ?? ''}
      data={field.options ?? []}
      value={chosen}
      defaultSearchValue={typed ?? ''}
      onChange={setChosen}
      maxDropdownHeight={240}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      onBlur={() => finish(chosen.length === 0 && field.type === 'multi' ? null : chosen)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') cancel();
        event.stopPropagation();
      }}
    />
  );
}

function TextEditor({ field, value, typed, finish, cancel }: PartProps) {
  const [text, setText] = useState(
    (field.type === 'date' ? undefined : typed) ?? (value === null ? '' : String(value)),
  );
  const isNumber = field.type === 'number' || field.type === 'money';
  const next = parsed(field, text);
  const isWrong = (isNumber && next !== null && !Number.isFinite(Number(next))) || (field.isRequired && next === null);
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the cell was asked for by name, and is left as it was by Escape
      autoFocus
      className={classes.cellInput}
      aria-label={field.label}
      aria-invalid={isWrong || undefined}
      type={field.type === 'date' ? 'date' : 'text'}
      inputMode={isNumber ? 'decimal' : field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'text'}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => field.type !== 'date' && typed === undefined && event.currentTarget.select()}
      onBlur={() => (isWrong ? cancel() : finish(next))}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') {
          event.preventDefault();
          cancel();
        }
        if (event.key === 'Enter' && !isWrong) finish(next);
      }}
    />
  );
}
