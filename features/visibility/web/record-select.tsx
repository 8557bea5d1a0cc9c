import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Found, type Kind, nameOfRecord, pointedTo, search } from './records.ts';

const TYPING_PAUSE_MS = 200;

interface Props {
  kind: Kind;
  value: string | undefined;
  onChange: (id: string | undefined, kind: Kind) => void;
}

/** Finds a record by its words, or takes a link or an id as it is pasted. */
export function RecordSelect({ kind, value, onChange }: Props) {
  const { t } = useTranslation('visibility');
  const [text, setText] = useState('');
  const [sought] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const chosen = useQuery({
    queryKey: [kind, 'name', value],
    queryFn: async (): Promise<Found> => {
      const name = await nameOfRecord(kind, value ?? '');
      return { id: value ?? '', name: name ?? t('unseen', { id: value }) };
    },
    enabled: value !== undefined,
  });
  // Once chosen, the field holds the record's name: that is no search.
  const words = sought === chosen.data?.name || pointedTo(sought) ? '' : sought.trim();
  const found = useQuery({
    queryKey: [kind, 'sought', words],
    queryFn: () => search(kind, words),
    placeholderData: keepPreviousData,
  });
  const all = [...(chosen.data ? [chosen.data] : []), ...(found.data ?? []).filter(({ id }) => id !== value)];
  const onSearch = (typed: string) => {
    setText(typed);
    const target = pointedTo(typed);
    if (target && target.id !== value) onChange(target.id, target.kind ?? kind);
  };
  return (
    <Select
      label={t('record')}
      placeholder={t('recordHint')}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined, kind)}
      onSearchChange={onSearch}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? t('searching') : t('nothing')}
      searchable
    />
  );
}
