import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found } from '../../../web/features.ts';

const FOUND = 8;

interface Props {
  table: string;
  label: string;
  value: string | null;
  /** What the chosen record is called. */
  name: string | null;
  find: (words: string, limit: number, signal: AbortSignal) => Promise<Found[]>;
  onChange: (id: string | null, name: string | null) => void;
  error?: string | undefined;
}

/** A record, found by typing part of its name. */
export function RecordSelect({ table, label, value, name, find, onChange, error }: Props) {
  const { t } = useTranslation('activities');
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text.trim(), 150);
  // What is chosen stands in the field; it is nothing to search by.
  const words = typed === name ? '' : typed;
  const { data = [], isFetching } = useQuery({
    queryKey: [table, 'found', words, FOUND],
    queryFn: ({ signal }) => find(words, FOUND, signal),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
  const items = words ? data.map(({ id, title }) => ({ value: id, label: title })) : [];
  const chosen = value && name && !items.some((item) => item.value === value) ? [{ value, label: name }] : [];
  return (
    <Select
      label={label}
      placeholder={t('typeToFind')}
      data={[...items, ...chosen]}
      value={value}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear', { ns: 'app' }) }}
      // The server has searched.
      filter={({ options }) => options}
      nothingFoundMessage={words ? t(isFetching ? 'finding' : 'noneTitle') : undefined}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => onChange(id, [...items, ...chosen].find((item) => item.value === id)?.label ?? null)}
      error={error}
    />
  );
}
