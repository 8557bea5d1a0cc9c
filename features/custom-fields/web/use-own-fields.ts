import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Field, fieldsKey, loadFields, type Resource } from './field.ts';
import type { OwnField, OwnFieldType } from './own-field.ts';

const types: Record<Field['type'], OwnFieldType> = {
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  select: 'choice',
  multi_select: 'multi',
  url: 'url',
  email: 'email',
  phone: 'phone',
  money: 'money',
};

const none: Field[] = [];
const asOptions = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** What the company itself knows of its contacts, deals or activities, in its order. */
export function useOwnFields(resource: Resource): OwnField[] {
  const { data } = useQuery({
    queryKey: fieldsKey(resource),
    queryFn: () => loadFields(resource),
    staleTime: 300_000,
  });
  const definitions = data?.items ?? none;
  return useMemo(
    () =>
      [...definitions]
        .sort((a, b) => a.order_index - b.order_index)
        .map(({ key, label, type: stored, options, is_required }) => {
          const type = types[stored];
          const given = type === 'choice' || type === 'multi' ? { options: asOptions(options) } : {};
          return { key, label, type, stored, ...given, ...(is_required ? { isRequired: true } : {}) };
        }),
    [definitions],
  );
}
