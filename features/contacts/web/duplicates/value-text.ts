import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../../web/api/people.ts';
import type { OwnField } from '../../../custom-fields/web/own-field.ts';
import { useOwnFields } from '../../../custom-fields/web/use-own-fields.ts';
import type { Contact } from '../contact.ts';
import type { Mergeable } from './merging.ts';

/** What a field of a contact says, and what the field is called, in words. */
export function useValueText(): [(field: Mergeable, contact: Contact) => string, (field: Mergeable) => string] {
  const { t, i18n } = useTranslation('contacts');
  const { nameOf } = usePeople();
  const own = useOwnFields('contacts');
  const ownText = (type: OwnField['type'] | undefined, value: unknown): string => {
    if (Array.isArray(value)) return value.join(', ');
    if (type === 'boolean') return t(value === true ? 'yes' : 'no', { ns: 'custom-fields' });
    if (type === 'number') return Number(value).toLocaleString(i18n.language);
    if (type === 'date') return new Date(`${value}T00:00`).toLocaleDateString(i18n.language, { dateStyle: 'medium' });
    return String(value);
  };
  const textOf = (field: Mergeable, contact: Contact): string => {
    const value = contact[field];
    if (value === null || value === undefined || value === '') return '';
    if (field === 'status') return t(`statuses.${value}`);
    if (field === 'source') return t(`sources.${value}`);
    if (field === 'owner_id') return nameOf(String(value)) ?? '…';
    if (typeof value === 'object') {
      return Object.entries(value)
        .filter(([, one]) => one !== null && one !== '')
        .map(([key, one]) => {
          const defined = own.find((each) => each.key === key);
          return `${defined?.label ?? key.replaceAll('_', ' ')}: ${ownText(defined?.type, one)}`;
        })
        .join('\n');
    }
    return String(value);
  };
  return [textOf, (field) => t(`duplicates.fields.${field}`)];
}
