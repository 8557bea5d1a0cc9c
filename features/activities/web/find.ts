import { answer, api } from '../../../web/api/client.ts';
import type { Found, Place } from '../../../web/features.ts';
import { i18next } from '../../../web/i18n.ts';
import { dueText } from './activity.ts';

export const activityPlace = (id: string): Place => ({
  to: '/activities',
  search: { open: id, whose: 'all', tab: 'all' },
});

export async function find(search: string, limit: number, signal: AbortSignal): Promise<Found[]> {
  const { items } = await answer(api.GET('/api/activities', { params: { query: { search, limit } }, signal }));
  return items.map(({ id, type, subject, due_date, contact_name }) => ({
    id,
    title: subject,
    detail: [i18next.t(`activities:types.${type}`), due_date && dueText(due_date, i18next.language), contact_name]
      .filter(Boolean)
      .join(' · '),
    ...activityPlace(id),
  }));
}
