import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../web/kit/facts.tsx';
import type { Contact } from './contact.ts';
import { FieldValue } from './field-value.tsx';
import { type Field, held, useFields } from './fields.ts';

const inAddress = ['address_line1', 'address_line2', 'city', 'state', 'postal_code', 'country'];
/** Said at the top already, or of no use to readers. */
const elsewhere = ['first_name', 'last_name', 'company', 'title', 'status', ...inAddress];

/** What is known of a contact; what is not known is left out. */
export function ContactFacts({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const fields = useFields();
  const town = [contact.postal_code, contact.city, contact.state].filter(Boolean).join(' ');
  const address = [contact.address_line1, contact.address_line2, town, contact.country].filter(Boolean).join('\n');
  const isTime = ({ type }: Field) => Number(type === 'time');
  const facts = [...fields]
    .sort((a, b) => isTime(a) - isTime(b))
    .filter(({ key }) => !elsewhere.includes(key))
    .flatMap((field): [string, string, ReactNode][] => {
      const value = held(contact, field.key);
      const isNothing = value === null || value === '' || (Array.isArray(value) && value.length === 0);
      return isNothing
        ? []
        : [[field.key, field.label, <FieldValue key="value" field={field} value={value} isLinked />]];
    });
  if (address)
    facts.splice(
      facts.findIndex(([key]) => key === 'owner_id'),
      0,
      ['address', t('fields.address'), address],
    );
  return <Facts items={facts.map(([, label, value]) => [label, value])} />;
}
