import type { ContactQuery } from '../contract.ts';
import { contactList } from './queries.ts';

const sorts = {
  created_at: { sql: 'contacts.created_at', type: 'timestamptz', field: 'created_at' },
  updated_at: { sql: 'contacts.updated_at', type: 'timestamptz', field: 'updated_at' },
};

export const contactPage = (query: ContactQuery) =>
  ({ name: 'contacts', table: 'contacts', query: contactList(query), sorts, defaultSort: '-created_at' }) as const;
