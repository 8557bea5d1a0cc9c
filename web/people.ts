import { useQuery } from '@tanstack/react-query';
import { answer, api, type Item } from './api/client.ts';

export type Colleague = Item<'/api/users'>;

const MOST_PAGES = 10;

async function load(): Promise<Colleague[]> {
  const people: Colleague[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor ? { cursor } : {}) };
    const answered: { items: Colleague[]; next_cursor: string | null } = await answer(
      api.GET('/api/users', { params: { query } }),
    );
    people.push(...answered.items);
    cursor = answered.next_cursor;
    if (cursor === null) break;
  }
  return people;
}

/** Everybody in the company, and what they are called by their id. */
export function usePeople() {
  const { data: people = [] } = useQuery({ queryKey: ['users', 'people'], queryFn: load, staleTime: 300_000 });
  const nameOf = (id: string | null | undefined) => {
    const person = people.find((each) => each.id === id);
    return person && `${person.first_name} ${person.last_name}`.trim();
  };
  return { people, nameOf };
}

export function useTeams() {
  const { data } = useQuery({
    queryKey: ['teams', 'all'],
    queryFn: () => answer(api.GET('/api/teams', { params: { query: { limit: 200, sort: 'name' } } })),
    staleTime: 300_000,
  });
  return data?.items ?? [];
}
