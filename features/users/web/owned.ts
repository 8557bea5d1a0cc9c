import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';

/** How much a colleague owns, as far as the reader sees it. */
export function useOwned(owner_id: string) {
  const { data } = useQuery({
    queryKey: ['users', 'owned', owner_id],
    queryFn: async () => {
      const params = { query: { owner_id, limit: 1, include_total: true } };
      const [contacts, deals, activities] = await Promise.all([
        answer(api.GET('/api/contacts', { params })),
        answer(api.GET('/api/deals', { params })),
        answer(api.GET('/api/activities', { params })),
      ]);
      return { contacts: contacts.total ?? 0, deals: deals.total ?? 0, activities: activities.total ?? 0 };
    },
  });
  return data;
}
