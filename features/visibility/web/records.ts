import { answer, api } from '../../../web/api/client.ts';

export const kinds = ['contacts', 'deals', 'activities'] as const;
export type Kind = (typeof kinds)[number];
export interface Found {
  id: string;
  name: string;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** What a pasted link or id points to; a link says its kind too. */
export function pointedTo(text: string): { id: string; kind: Kind | undefined } | undefined {
  const id = ID.exec(text)?.[0];
  return id ? { id, kind: kinds.find((kind) => text.includes(`/${kind}`)) } : undefined;
}

const contactName = (contact: { first_name: string; last_name: string; company?: string | null }) =>
  [`${contact.first_name} ${contact.last_name}`.trim(), contact.company].filter(Boolean).join(' · ');

/** Records by their words, as far as the reader sees them. */
export async function search(kind: Kind, text: string): Promise<Found[]> {
  const params = { query: { limit: 20, ...(text ? { search: text } : {}) } };
  if (kind === 'contacts') {
    const { items } = await answer(api.GET('/api/contacts', { params }));
    return items.map((contact) => ({ id: contact.id, name: contactName(contact) }));
  }
  if (kind === 'deals') {
    const { items } = await answer(api.GET('/api/deals', { params }));
    return items.map(({ id, title }) => ({ id, name: title }));
  }
  const { items } = await answer(api.GET('/api/activities', { params }));
  return items.map(({ id, subject }) => ({ id, name: subject }));
}

/** The name of one record; undefined where the reader does not see it, which is no reason not to ask about it. */
export async function nameOfRecord(kind: Kind, id: string): Promise<string | undefined> {
  if (kind === 'contacts') {
    const { data } = await api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } });
    return data && contactName(data);
  }
  if (kind === 'deals') {
    return (await api.GET('/api/deals/{deal_id}', { params: { path: { deal_id: id } } })).data?.title;
  }
  return (await api.GET('/api/activities/{activity_id}', { params: { path: { activity_id: id } } })).data?.subject;
}
