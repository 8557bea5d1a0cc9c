import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { customKind, type FieldKind, fieldKinds } from '../conditions.ts';
import { type Contact, sources, statuses } from './contact.ts';

export type FieldType =
  | 'text'
  | 'long'
  | 'email'
  | 'phone'
  | 'url'
  | 'status'
  | 'choice'
  | 'person'
  | 'tags'
  | 'multi'
  | 'number'
  | 'money'
  | 'boolean'
  | 'date'
  | 'time';

export interface Option {
  value: string;
  label: string;
}

/** One thing that is known of a contact: how it is shown, asked for, and changed. */
export interface Field {
  /** As the API calls it; `cf.<key>` of those that the company defined. */
  key: string;
  label: string;
  type: FieldType;
  kind: FieldKind;
  options?: Option[];
  isRequired?: boolean;
  isFixed?: boolean;
  sort?: string;
}

type Definition = Item<'/api/custom-fields'>;
export type Change = Record<string, unknown>;

const types: Partial<Record<keyof typeof fieldKinds, FieldType>> = {
  email: 'email',
  phone: 'phone',
  mobile: 'phone',
  website: 'url',
  linkedin_url: 'url',
  status: 'status',
  source: 'choice',
  owner_id: 'person',
  lead_score: 'number',
  tags: 'tags',
  notes: 'long',
  created_at: 'time',
  updated_at: 'time',
};
const sorts = ['email', 'company', 'status', 'lead_score', 'created_at', 'updated_at'];
const customTypes: Record<Definition['type'], FieldType> = {
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

const noDefinitions: Definition[] = [];
const asOptions = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** The tags that the company uses. */
function useTagNames() {
  const { data } = useQuery({
    queryKey: ['tags', 'names'],
    queryFn: () => answer(api.GET('/api/tags', { params: { query: { limit: 200 } } })),
    staleTime: 300_000,
  });
  return data?.items;
}

/** Every field of a contact, the company's own after the common ones. */
export function useFields(): Field[] {
  const { t } = useTranslation('contacts');
  const people = usePeople();
  const tags = useTagNames();
  const { data } = useQuery({
    queryKey: ['custom_field_definitions', 'contacts'],
    queryFn: () => answer(api.GET('/api/custom-fields', { params: { query: { resource: 'contacts' } } })),
    staleTime: 300_000,
  });
  const definitions = data?.items ?? noDefinitions;
  return useMemo(() => {
    const options: Record<string, Option[]> = {
      status: statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
      source: sources.map((value) => ({ value, label: t(`sources.${value}`) })),
      owner_id: people.options,
      tags: asOptions(tags?.map(({ name }) => name) ?? []),
    };
    const common = Object.entries(fieldKinds).map(([key, kind]): Field => {
      const type = types[key as keyof typeof fieldKinds] ?? 'text';
      const given = options[key];
      return {
        key,
        kind,
        type,
        label: t(`fields.${key}`),
        ...(given ? { options: given } : {}),
        ...(sorts.includes(key) ? { sort: key } : {}),
        ...(['status', 'owner_id', 'lead_score', 'first_name', 'last_name'].includes(key) ? { isRequired: true } : {}),
        ...(type === 'time' ? { isFixed: true } : {}),
      };
    });
    const own = [...definitions]
      .sort((a, b) => a.order_index - b.order_index)
      .map((definition): Field => {
        const type = customTypes[definition.type];
        const given = type === 'choice' || type === 'multi' ? { options: asOptions(definition.options) } : {};
        const isRequired = definition.is_required ? { isRequired: true } : {};
        const kind = customKind(definition.type);
        return { key: `cf.${definition.key}`, kind, type, label: definition.label, ...given, ...isRequired };
      });
    return [...common, ...own];
  }, [t, people, tags, definitions]);
}

/** What the contact holds there. */
export function held(contact: Contact, key: string): unknown {
  if (key.startsWith('cf.')) return contact.custom_fields?.[key.slice(3)] ?? null;
  return contact[key as keyof Contact] ?? null;
}

/** The change that puts a value there, as the API takes it. */
export const changeTo = (key: string, value: unknown): Change =>
  key.startsWith('cf.') ? { custom_fields: { [key.slice(3)]: value } } : { [key]: value };

/** The keys that a change names, one by one. */
export const keysOf = (change: Change): string[] =>
  Object.entries(change).flatMap(([key, value]) =>
    key === 'custom_fields' ? Object.keys(value as Change).map((name) => `cf.${name}`) : [key],
  );

/** Several changes in one. */
export const joined = (changes: Change[]): Change => {
  const all: Change = Object.assign({}, ...changes);
  const custom = changes.flatMap(({ custom_fields }) => (custom_fields ? [custom_fields] : []));
  return custom.length > 0 ? { ...all, custom_fields: Object.assign({}, ...custom) } : all;
};

export const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The contact as it will be. */
export function changed(contact: Contact, { custom_fields, ...change }: Change): Contact {
  const custom = custom_fields ? { custom_fields: { ...contact.custom_fields, ...(custom_fields as Change) } } : {};
  return { ...contact, ...change, ...custom };
}

/** What was typed as the field holds it; null empties it. */
export function parsed(field: Field, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return field.key === 'first_name' || field.key === 'last_name' ? '' : null;
  if (field.type === 'number') return Number(trimmed.replace(',', '.'));
  if (field.type === 'boolean') return trimmed === 'true';
  if (field.type === 'money') return trimmed.replace(',', '.');
  return trimmed;
}
