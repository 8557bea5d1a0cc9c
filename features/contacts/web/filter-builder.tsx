import { Button, CloseButton, MultiSelect, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { type Condition, type Group, isGroup, operators, partsOf, type Value } from '../conditions.ts';
import classes from './contacts.module.css';
import type { Field } from './fields.ts';
import { begun, grouped, joint, replaced, textOf, treeOf } from './filter-tree.ts';

interface Props {
  fields: Field[];
  filter: string;
  onChange: (filter: string) => void;
}

/** Conditions, and groups of them. What is whole is asked at once; what is not waits for its value. */
export default function FilterBuilder({ fields, filter, onChange }: Props) {
  const { t } = useTranslation('contacts');
  const [draft, setDraft] = useState<Group>(() => {
    const tree = treeOf(filter);
    const status = fields.find(({ key }) => key === 'status');
    return partsOf(tree).length === 0 && status ? { all: [begun(status)] } : tree;
  });
  const change = (next: Group) => {
    setDraft(next);
    const text = textOf(next, fields);
    if (text !== filter) onChange(text);
  };
  return (
    <section aria-label={t('filter.title')}>
      <GroupEditor group={draft} fields={fields} depth={1} onChange={change} />
    </section>
  );
}

interface GroupProps {
  group: Group;
  fields: Field[];
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

function GroupEditor({ group, fields, depth, onChange, onRemove }: GroupProps) {
  const { t } = useTranslation('contacts');
  const parts = partsOf(group);
  const first = fields.find(({ key }) => key === 'company') ?? fields[0];
  const add = (part: Group | Condition) => onChange(grouped(joint(group), [...parts, part]));
  return (
    <div className={classes.group} data-depth={depth}>
      <div className={classes.groupHead}>
        <SegmentedControl
          size="xs"
          aria-label={t('filter.joint')}
          value={joint(group)}
          onChange={(how) => onChange(grouped(how as 'all' | 'any', parts))}
          data={[
            { value: 'all', label: t('filter.allOf') },
            { value: 'any', label: t('filter.anyOf') },
          ]}
        />
        {onRemove && <CloseButton size="sm" aria-label={t('filter.removeGroup')} onClick={onRemove} ml="auto" />}
      </div>
      {parts.map((part, index) =>
        isGroup(part) ? (
          <GroupEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
            key={index}
            group={part}
            fields={fields}
            depth={depth + 1}
            onChange={(next) => onChange(replaced(group, index, next))}
            onRemove={() => onChange(replaced(group, index, undefined))}
          />
        ) : (
          <ConditionEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
            key={index}
            condition={part}
            fields={fields}
            onChange={(next) => onChange(replaced(group, index, next))}
          />
        ),
      )}
      <div className={classes.groupHead}>
        {first && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="add" size={14} />}
            onClick={() => add(begun(first))}
          >
            {t('filter.add')}
          </Button>
        )}
        {first && depth < 3 && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => add(grouped(joint(group) === 'all' ? 'any' : 'all', [begun(first)]))}
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface ConditionProps {
  condition: Condition;
  fields: Field[];
  onChange: (condition: Condition | undefined) => void;
}

function ConditionEditor({ condition, fields, onChange }: ConditionProps) {
  const { t } = useTranslation('contacts');
  const field = fields.find(({ key }) => key === condition.field);
  if (!field) return null;
  const hasValue = condition.op !== 'empty' && condition.op !== 'filled';
  return (
    <div className={classes.condition}>
      <Select
        size="xs"
        aria-label={t('filter.field')}
        searchable
        data={fields.map(({ key, label }) => ({ value: key, label }))}
        value={condition.field}
        onChange={(key) => {
          const next = fields.find((each) => each.key === key);
          if (next)
            onChange(
              next.kind === field.kind && next.kind === 'text' ? { ...condition, field: next.key } : begun(next),
            );
        }}
      />
      <Select
        size="xs"
        aria-label={t('filter.operator')}
        data={operators[field.kind].map((op) => ({ value: op, label: t(`filter.ops.${op}`) }))}
        value={condition.op}
        onChange={(op) => {
          const isBare = op === 'empty' || op === 'filled';
          const isDays = (op === 'within_days') !== (condition.op === 'within_days');
          const kept = isBare || isDays || condition.value === undefined ? {} : { value: condition.value };
          onChange({ field: field.key, op: op as Condition['op'], ...kept });
        }}
      />
      <div className={classes.conditionValue}>
        {hasValue && (
          <ValueInput field={field} condition={condition} onChange={(value) => onChange(withValue(condition, value))} />
        )}
      </div>
      <CloseButton
        className={classes.conditionEnd ?? ''}
        size="sm"
        aria-label={t('filter.removeCondition')}
        onClick={() => onChange(undefined)}
      />
    </div>
  );
}

const withValue = ({ field, op }: Condition, value: Value | undefined): Condition =>
  value === undefined ? { field, op } : { field, op, value };

interface ValueProps {
  field: Field;
  condition: Condition;
  onChange: (value: Value | undefined) => void;
}

function ValueInput({ field, condition: { op, value }, onChange }: ValueProps) {
  const { t } = useTranslation('contacts');
  const common = { size: 'xs' as const, 'aria-label': t('filter.value') };
  if (field.kind === 'choice') {
    return (
      <MultiSelect
        {...common}
        data={field.options ?? []}
        searchable
        value={(value as string[] | undefined) ?? []}
        onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
      />
    );
  }
  if (field.kind === 'list') {
    return (
      <Select
        {...common}
        data={field.options ?? []}
        searchable
        value={(value as string) ?? null}
        onChange={(one) => onChange(one ?? undefined)}
      />
    );
  }
  if (field.kind === 'boolean') {
    const data = ['true', 'false'].map((one) => ({ value: one, label: t(one === 'true' ? 'yes' : 'no') }));
    return (
      <Select
        {...common}
        data={data}
        value={value === undefined ? null : String(value)}
        onChange={(one) => onChange(one === 'true')}
      />
    );
  }
  if (field.kind === 'number' || op === 'within_days') {
    return (
      <NumberInput
        {...common}
        value={(value as number | undefined) ?? ''}
        {...(op === 'within_days' ? { min: 1, max: 3660, allowDecimal: false, suffix: ` ${t('filter.days')}` } : {})}
        onChange={(number) => onChange(typeof number === 'number' ? number : undefined)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={field.kind === 'date' ? 'date' : 'text'}
      value={(value as string | undefined) ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
