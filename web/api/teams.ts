import { useQuery } from '@tanstack/react-query';
import { answer, api } from './client.ts';

/** The company's teams by name, for selects. */
export function useTeams() {
  const { data } = useQuery({
    queryKey: ['teams', 'all'],
    queryFn: () => answer(api.GET('/api/teams', { params: { query: { limit: 200, sort: 'name' } } })),
    staleTime: 300_000,
  });
  return data?.items ?? [];
}
