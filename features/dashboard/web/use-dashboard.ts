import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { instant, utcOffset, wall } from '../../../web/clock.ts';
import { useUser } from '../../../web/session/use-session.ts';

export type Dashboard = Answer<'/api/dashboard', 'get'>;
export type Whose = 'mine' | 'all';

const DUE_SHOWN = 12;

export const useDashboard = (whose: Whose) =>
  useQuery({
    queryKey: ['dashboard', whose],
    queryFn: () => {
      const utc_offset = utcOffset();
      return answer(api.GET('/api/dashboard', { params: { query: { whose, utc_offset } } }));
    },
    meta: { tables: ['deals', 'activities', 'pipelines', 'users'] },
    placeholderData: keepPreviousData,
  });

/** What the reader, or everyone they see, has to do until tonight, what is late first. */
export function useDue(whose: Whose) {
  const { id } = useUser();
  const tonight = wall();
  tonight.setHours(23, 59, 59, 999);
  const query = {
    ...(whose === 'mine' ? { owner_id: id } : {}),
    open: true,
    due_to: instant(tonight),
    sort: 'due_date',
    limit: DUE_SHOWN,
    include_total: true,
  };
  return useQuery({
    queryKey: ['activities', 'due', query],
    queryFn: () => answer(api.GET('/api/activities', { params: { query } })),
    enabled: id !== '',
    placeholderData: keepPreviousData,
  });
}
