import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, api, type Item } from './client.ts';

export type Colleague = Item<'/api/users'>;

const MOST_PAGES = 25;

async function everybody(): Promise<Colleague[]> {
  const all: Colleague[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor === null ? {} : { cursor }) };
    const answered = await answer(api.GET('/api/users', { params: { query } }));
    all.push(...answered.items);
    cursor = answered.next_cursor;
    if (cursor === null) break;
  }
  return all;
}

const nobody: Colleague[] = [];

/** The company's people: their names by id, and those who can be given work, for selects. */
export function usePeople() {
  const { data = nobody } = useQuery({ queryKey: ['users', 'all'], queryFn: everybody, staleTime: 300_000 });
  return useMemo(() => {
    const names = new Map(data.map((person) => [person.id, `${person.first_name} ${person.last_name}`.trim()]));
    const options = data
      .filter(({ status }) => status === 'active')
      .map(({ id }) => ({ value: id, label: names.get(id) ?? '' }));
    return { nameOf: (id: string | null | undefined) => (id ? names.get(id) : undefined), options };
  }, [data]);
}
