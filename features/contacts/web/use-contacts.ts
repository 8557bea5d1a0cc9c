import { answer, api } from '../../../web/api/client.ts';
import { useWindow } from '../../../web/api/window.ts';
import type { paths } from '../../../web/api.d.ts';
import type { Contact } from './contact.ts';

/** What the list can be grouped by. */
export type Group = NonNullable<NonNullable<paths['/api/contacts']['get']['parameters']['query']>['group']>;
export const groups: readonly Group[] = ['status', 'owner_id', 'source', 'company'];

export const NEWEST = '-created_at';

/** Which contacts, in which order. */
export interface Asked {
  q: string;
  /** The API's `filter`, or empty. */
  filter: string;
  /** Empty: by relevance where something is searched for, else the newest first. */
  sort: string;
  group: Group | '';
}

/** As the API asks for it. */
export const narrowed = ({ q, filter }: Asked) => ({ ...(q ? { search: q } : {}), ...(filter ? { filter } : {}) });

const byGroup = ({ group }: Asked) => (group ? { group } : {});

export const orderOf = ({ q, sort }: Asked) => sort || (q ? 'relevance' : NEWEST);

export const listKey = (asked: Asked) => ['contacts', 'list', asked] as const;

export function useContacts(asked: Asked) {
  return useWindow<Contact>({
    key: listKey(asked),
    load: async (page, limit, signal) => {
      const query = { ...narrowed(asked), sort: orderOf(asked), limit, page: page + 1, ...byGroup(asked) };
      const { items } = await answer(api.GET('/api/contacts', { params: { query }, signal }));
      return items;
    },
    count: async () => {
      const query = { ...narrowed(asked), limit: 1, fields: 'id', include_total: true };
      return (await answer(api.GET('/api/contacts', { params: { query } }))).total ?? 0;
    },
  });
}
