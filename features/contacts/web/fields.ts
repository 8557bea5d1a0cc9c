import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import {
  type AnyField,
  type Option,
  type OwnFieldType,
  parsed as parsedText,
} from '../../custom-fields/web/own-field.ts';
import { useOwnFields } from '../../custom-fields/web/use-own-fields.ts';
import { customKind, type FieldKind, fieldKinds } from '../conditions.ts';
import { type Contact, sources, statuses } from './contact.ts';

export type FieldType = OwnFieldType | 'long' | 'status' | 'person' | 'tags' | 'time';

/** One thing that is known of a contact: how it is shown, asked for, and changed. */
export interface Field extends AnyField<FieldType> {
  /** As the API calls it; `cf.<key>` of those that the company defined. */
  key: string;
  kind: FieldKind;
  isFixed?: boolean;
  sort?: string;
}

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
/** What a list is sorted by, of those fields that it can be sorted by. */
const sorts: Record<string, string> = {
  email: 'email',
  phone: 'phone',
  company: 'company',
  status: 'status',
  owner_id: 'owner',
  lead_score: 'lead_score',
  tags: 'tags',
  created_at: 'created_at',
  updated_at: 'updated_at',
};
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
  const definitions = useOwnFields('contacts');
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
        ...(sorts[key] ? { sort: sorts[key] } : {}),
        ...(['status', 'owner_id', 'lead_score', 'first_name', 'last_name'].includes(key) ? { isRequired: true } : {}),
        ...(type === 'time' ? { isFixed: true } : {}),
      };
    });
    const own = definitions.map(
      ({ stored, ...field }): Field => ({
        ...field,
        key: `cf.${field.key}`,
        kind: customKind(stored),
      }),
    );
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
export const parsed = (field: Field, text: string): unknown =>
  text.trim() === '' && (field.key === 'first_name' || field.key === 'last_name') ? '' : parsedText(field.type, text);
