import { answer, api } from '../../../web/api/client.ts';
import type { Found } from '../../../web/features.ts';
import { fullName } from './contact.ts';
import { contactPlace } from './place.ts';

export async function find(search: string, limit: number, signal: AbortSignal): Promise<Found[]> {
  const { items } = await answer(api.GET('/api/contacts', { params: { query: { search, limit } }, signal }));
  return items.map((contact) => ({
    id: contact.id,
    title: fullName(contact),
    detail: [contact.company, contact.email].filter(Boolean).join(' · '),
    ...contactPlace(contact.id),
  }));
}
