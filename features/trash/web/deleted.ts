import { answer, api, type Item } from '../../../web/api/client.ts';
import { renew } from '../../../web/queries.ts';
import type { Kind } from './place.ts';

/** One of any kind that was deleted. */
export interface Deleted {
  id: string;
  kind: Kind;
  name: string;
  detail: string | null;
  owner_id: string;
  deleted_at: string;
}

interface DeletedPage {
  items: Deleted[];
  next_cursor: string | null;
  total?: number;
}

type Row = { id: string; owner_id: string; deleted_at: string | null };
const common = (kind: Kind, { id, owner_id, deleted_at }: Row) => ({
  id,
  kind,
  owner_id,
  deleted_at: deleted_at ?? '',
});

export const ofContact = (row: Item<'/api/contacts'>): Deleted => ({
  ...common('contacts', row),
  name: `${row.first_name} ${row.last_name}`.trim(),
  detail: row.company,
});
export const ofDeal = (row: Item<'/api/deals'>): Deleted => ({
  ...common('deals', row),
  name: row.title,
  detail: row.company,
});
const ofActivity = (row: Item<'/api/activities'>): Deleted => ({
  ...common('activities', row),
  name: row.subject,
  detail: row.contact_name ?? row.deal_title,
});

/** A page of what can be restored, what was deleted last first: deleting is the last that changed it. */
export async function deletedPage(kind: Kind, search: string, cursor?: string): Promise<DeletedPage> {
  const place = cursor ? { cursor } : { include_total: true };
  const query = { deleted: true, limit: 100, ...(search ? { search } : {}), ...place };
  if (kind === 'contacts') {
    const page = await answer(api.GET('/api/contacts', { params: { query: { ...query, sort: '-updated_at' } } }));
    return { ...page, items: page.items.map(ofContact) };
  }
  if (kind === 'deals') {
    const page = await answer(api.GET('/api/deals', { params: { query: { ...query, sort: '-updated_at' } } }));
    return { ...page, items: page.items.map(ofDeal) };
  }
  const page = await answer(api.GET('/api/activities', { params: { query: { ...query, sort: '-updated_at' } } }));
  return { ...page, items: page.items.map(ofActivity) };
}

/** As many as one request restores. */
const MOST = 500;

/** Brings them back, and shows them wherever they are listed. */
export async function restore(kind: Kind, ids: string[]): Promise<void> {
  try {
    if (kind === 'contacts') {
      for (let at = 0; at < ids.length; at += MOST)
        await answer(api.POST('/api/contacts/bulk-restore', { body: { ids: ids.slice(at, at + MOST) } }));
      return;
    }
    for (const id of ids) {
      if (kind === 'deals')
        await answer(api.POST('/api/deals/{deal_id}/restore', { params: { path: { deal_id: id } } }));
      else await answer(api.POST('/api/activities/{activity_id}/restore', { params: { path: { activity_id: id } } }));
    }
  } finally {
    await renew(kind);
  }
}

/** Deletes them again: what takes a restoration back. */
export async function discard(kind: Kind, ids: string[]): Promise<void> {
  try {
    if (kind === 'contacts') await answer(api.POST('/api/contacts/bulk-delete', { body: { ids } }));
    else if (kind === 'deals') await answer(api.DELETE('/api/deals/bulk', { body: { ids } }));
    else
      for (const id of ids)
        await answer(api.DELETE('/api/activities/{activity_id}', { params: { path: { activity_id: id } } }));
  } finally {
    await renew(kind);
  }
}
