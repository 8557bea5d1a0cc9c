import { useQuery } from '@tanstack/react-query';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { useUser } from '../../../web/session/use-session.ts';

export type Colleague = Item<'/api/users'>;

const PAGE = 200;
const MOST_PAGES = 10;

export const nameOf = (person: { first_name: string; last_name: string; email?: string }): string =>
  `${person.first_name} ${person.last_name}`.trim() || (person.email ?? '');

async function everybody(): Promise<Colleague[]> {
  const people: Colleague[] = [];
  let cursor: string | null | undefined;
  for (let page = 0; page < MOST_PAGES && cursor !== null; page += 1) {
    const query = { limit: PAGE, ...(cursor ? { cursor } : {}) };
    const list = await answer(api.GET('/api/users', { params: { query } }));
    people.push(...list.items);
    cursor = list.next_cursor;
  }
  return people;
}

/** All who work in the company, for choosing among them and for their names. */
export const usePeople = () => useQuery({ queryKey: ['users', 'everybody'], queryFn: everybody });

/** Who logs in with a second step; only admins are told. */
export function useTwoStep() {
  const isAdmin = useIsAdmin();
  const { data } = useQuery({
    queryKey: ['users', 'two-step'],
    queryFn: () => answer(api.GET('/api/users/two-step')),
    enabled: isAdmin,
  });
  return data && new Set(data.user_ids);
}

export const useIsAdmin = () => useUser().role === 'company_admin';
