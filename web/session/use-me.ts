import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { useUser } from './use-session.ts';

/** The person who is logged in, in full: the session itself knows their name and role only. */
export function useMe() {
  const { id, company_id } = useUser();
  return useQuery({
    // Not another's for a moment: who acts for a company stays in the shell.
    queryKey: ['users', 'me', id, company_id],
    queryFn: () => answer(api.GET('/api/users/me')),
    enabled: id !== '',
  });
}
