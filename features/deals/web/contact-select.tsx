import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../../web/api/client.ts';

interface Props {
  label: string;
  value?: string;
  onChange?: (value: string) => void;
}

const TYPING_PAUSE_MS = 180;
const SHOWN = 20;
const nameOf = (contact: { first_name: string; last_name?: string | null }) =>
  `${contact.first_name} ${contact.last_name ?? ''}`.trim();

/** A contact out of any number, found by typing. */
export function ContactSelect({ label, value = '', onChange }: Props) {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  const chosen = useQuery({
    queryKey: ['contacts', 'one', value],
    queryFn: () => answer(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: value } } })),
    enabled: value !== '',
  }).data;
  const chosenName = chosen ? nameOf(chosen) : '';
  const found = useQuery({
    queryKey: ['contacts', 'choice', words],
    queryFn: () => {
      const search = words && words !== chosenName ? { search: words } : {};
      return answer(api.GET('/api/contacts', { params: { query: { limit: SHOWN, ...search } } }));
    },
    placeholderData: keepPreviousData,
  }).data?.items;
  const options = new Map((found ?? []).map((contact) => [contact.id, nameOf(contact)]));
  if (chosen) options.set(chosen.id, chosenName);
  return (
    <Select
      label={label}
      data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      value={value || null}
      onChange={(id) => onChange?.(id ?? '')}
      onSearchChange={setTyped}
      // The server has searched.
      filter={({ options: all }) => all}
      searchable
      clearable
      allowDeselect
    />
  );
}
