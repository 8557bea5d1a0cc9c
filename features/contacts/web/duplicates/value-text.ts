import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../../web/api/client.ts';
import type { Contact } from '../contact.ts';
import type { Mergeable } from './merging.ts';

/** What a field of a contact says, and what the field is called, in words. */
export function useValueText(): [(field: Mergeable, contact: Contact) => string, (field: Mergeable) => string] {
  const { t } = useTranslation('contacts');
  const { data: users } = useQuery({
    queryKey: ['users', 'names'],
    queryFn: async () => (await answer(api.GET('/api/users', { params: { query: { limit: 200 } } }))).items,
    staleTime: 300_000,
  });
  const textOf = (field: Mergeable, contact: Contact): string => {
    const value = contact[field];
    if (value === null || value === undefined || value === '') return '';
    if (field === 'status') return t(`statuses.${value}`);
    if (field === 'source') return t(`sources.${value}`);
    if (field === 'owner_id') {
      const owner = users?.find(({ id }) => id === value);
      return owner ? `${owner.first_name} ${owner.last_name}` : '…';
    }
    if (typeof value === 'object') {
      return Object.entries(value)
        .map(([key, one]) => `${key.replaceAll('_', ' ')}: ${Array.isArray(one) ? one.join(', ') : one}`)
        .join('\n');
    }
    return String(value);
  };
  return [textOf, (field) => t(`duplicates.fields.${field}`)];
}
