import { answer, api } from '../../../web/api/client.ts';
import { useWindow } from '../../../web/api/window.ts';
import type { Contact } from './contact.ts';

export const NEWEST = '-created_at';

/** Which contacts, in which order. */
export interface Asked {
  q: string;
  /** The API's `filter`, or empty. */
  filter: string;
  /** Empty: by relevance where something is searched for, else the newest first. */
  sort: string;
}

/** As the API asks for it. */
export const narrowed = ({ q, filter }: Asked) => ({ ...(q ? { search: q } : {}), ...(filter ? { filter } : {}) });

export const orderOf = ({ q, sort }: Asked) => sort || (q ? 'relevance' : NEWEST);

export const listKey = (asked: Asked) => ['contacts', 'list', asked] as const;

export function useContacts(asked: Asked) {
  return useWindow<Contact>({
    key: listKey(asked),
    load: async (page, limit, signal) => {
      const query = { ...narrowed(asked), sort: orderOf(asked), limit, page: page + 1 };
      const { items } = await answer(api.GET('/api/contacts', { params: { query }, signal }));
      return items;
    },
    count: async () => {
      const query = { ...narrowed(asked), limit: 1, fields: 'id', include_total: true };
      return (await answer(api.GET('/api/contacts', { params: { query } }))).total ?? 0;
    },
  });
}
