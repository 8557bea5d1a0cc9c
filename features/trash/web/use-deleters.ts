import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api/client.ts';
import { useUser } from '../../../web/session/use-session.ts';
import type { Kind } from './place.ts';

/** Who deleted the latest ones, by their id. Only admins read the log that knows it: undefined for others. */
export function useDeleters(kind: Kind): Map<string, string> | undefined {
  const isAdmin = useUser().role === 'company_admin';
  const { data } = useQuery({
    queryKey: [kind, 'deleters'],
    queryFn: () =>
      answer(api.GET('/api/audit-logs', { params: { query: { resource_type: kind, action: 'delete', limit: 200 } } })),
    enabled: isAdmin,
  });
  if (!isAdmin) return undefined;
  const names = new Map<string, string>();
  for (const { resource_id, acting_admin, user_name, user_email } of data?.items ?? []) {
    const name = acting_admin ?? (user_name?.trim() || user_email);
    // The newest comes first: what was deleted twice was deleted by the last.
    if (resource_id && name && !names.has(resource_id)) names.set(resource_id, name);
  }
  return names;
}
