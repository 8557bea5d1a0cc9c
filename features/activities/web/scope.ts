import { useUser } from '../../../web/session/use-session.ts';
import { type ActivityType, types } from './activity.ts';

/** Whose activities: `mine`, `all` that one sees, or a team's or a colleague's. */
export function useScopeFilter(whose = 'mine', type?: string) {
  const { id } = useUser();
  const kind = types.find((known) => known === type) as ActivityType | undefined;
  const ofType = kind ? { type: kind } : {};
  const [what, which] = whose.split(':');
  if (what === 'team' && which) return { team_id: which, ...ofType };
  if (what === 'person' && which) return { owner_id: which, ...ofType };
  return what === 'all' ? ofType : { owner_id: id, ...ofType };
}
