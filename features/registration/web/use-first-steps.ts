import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import type { IconName } from '../../../web/kit/icon.tsx';

export interface FirstStep {
  id: 'contacts' | 'people' | 'deals';
  path: string;
  icon: IconName;
  isDone: boolean;
}

const one = { params: { query: { limit: 1 } } };
const two = { params: { query: { limit: 2 } } };
const has = async (call: Promise<{ items: unknown[] }>, more = 0) => (await call).items.length > more;

/**
 * What a company does first, and whether it has: read from what there is, not from what was clicked. Undefined until all
 * of it is known. What colleagues do counts as well.
 */
export function useFirstSteps(enabled: boolean): FirstStep[] | undefined {
  const contacts = useQuery({
    queryKey: ['contacts', 'any'],
    queryFn: () => has(answer(api.GET('/api/contacts', one))),
    enabled,
  });
  const invited = useQuery({
    queryKey: ['invitations', 'any'],
    queryFn: () => has(answer(api.GET('/api/invitations', one))),
    enabled,
  });
  const colleagues = useQuery({
    queryKey: ['users', 'any'],
    queryFn: () => has(answer(api.GET('/api/users', two)), 1),
    enabled,
  });
  const deals = useQuery({
    queryKey: ['deals', 'any'],
    queryFn: () => has(answer(api.GET('/api/deals', one))),
    enabled,
  });
  const all = [contacts.data, invited.data, colleagues.data, deals.data];
  if (all.some((known) => known === undefined)) return undefined;
  return [
    { id: 'contacts', path: '/contacts/import', icon: 'upload', isDone: contacts.data === true },
    { id: 'people', path: '/settings/people', icon: 'people', isDone: invited.data || colleagues.data || false },
    { id: 'deals', path: '/deals', icon: 'board', isDone: deals.data === true },
  ];
}
