import { answer, api } from '../../../web/api/client.ts';
import type { Found } from '../../../web/features.ts';
import { i18next } from '../../../web/i18n.ts';
import { money } from '../../../web/kit/money.tsx';
import { dealPlace } from './place.ts';

export async function find(search: string, limit: number, signal: AbortSignal): Promise<Found[]> {
  const { items } = await answer(api.GET('/api/deals', { params: { query: { search, limit } }, signal }));
  return items.map((deal) => ({
    id: deal.id,
    title: deal.title,
    detail: [money(deal.value, deal.currency, i18next.language, true), deal.company].filter(Boolean).join(' · '),
    ...dealPlace(deal.id),
  }));
}
