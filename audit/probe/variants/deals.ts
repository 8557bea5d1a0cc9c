import { newId, type Route } from './server.ts';
import { find, type Has, type Row, type Store, shapes, shown } from './store.ts';

const { text, id, object } = shapes;

/** Deals, which name a contact. */
export function dealRoutes(store: Store, has: Has): Route[] {
  const foreign = (wanted: string | undefined) => find(store, 'contacts', wanted, undefined);
  return [
    {
      method: 'GET',
      path: '/api/deals',
      query: { contact_id: id },
      answer: ({ company, query }) => {
        const wanted = query.get('contact_id');
        if (has('filter tells') && wanted !== null && foreign(wanted) && !find(store, 'contacts', wanted, company))
          return { body: { items: [], contact: foreign(wanted)?.name } };
        return {
          body: {
            items: store
              .table('deals')
              .filter((row) => row.company === company && (wanted === null || row.contact_id === wanted))
              .map(shown),
          },
        };
      },
    },
    {
      method: 'POST',
      path: '/api/deals',
      body: object({ title: text, contact_id: id }),
      answer({ body, company }) {
        const contact = find(store, 'contacts', body.contact_id, has('body takes any id') ? undefined : company);
        if (contact === undefined)
          return has('body tells') && foreign(body.contact_id)
            ? { status: 403, body: { error: 'no such contact' } }
            : { status: 422, body: { error: 'no such contact' } };
        const row: Row = {
          id: newId(),
          company,
          title: body.title,
          contact_id: contact.id,
          contact_name: contact.name,
        };
        store.table('deals').push(row);
        return { status: 201, body: shown(row) };
      },
    },
  ];
}
