import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import type { Contact } from './contact.ts';
import classes from './contacts.module.css';

/** Only web addresses become links: a contact's fields may hold anything, a script's address too. */
function WebLink({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return <>{address}</>;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {address.replace(/^https?:\/\/(www\.)?/i, '')}
    </a>
  );
}

function MailLink({ address }: { address: string }) {
  return <a href={`mailto:${address}`}>{address}</a>;
}

export function ContactFacts({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const town = [contact.postal_code, contact.city, contact.state].filter(Boolean).join(' ');
  const address = [contact.address_line1, contact.address_line2, town, contact.country].filter(Boolean).join('\n');
  const facts: [string, ReactNode][] = [
    ['email', contact.email && <MailLink key="email" address={contact.email} />],
    ['phone', contact.phone],
    ['mobile', contact.mobile],
    ['department', contact.department],
    ['website', contact.website && <WebLink address={contact.website} />],
    ['linkedin_url', contact.linkedin_url && <WebLink address={contact.linkedin_url} />],
    ['address', address],
    ['source', contact.source && t(`sources.${contact.source}`)],
    ['lead_score', contact.lead_score],
    ['tags', contact.tags?.join(', ')],
    ['notes', contact.notes],
    ['created_at', <RelativeTime key="created" at={contact.created_at} />],
    ['updated_at', <RelativeTime key="updated" at={contact.updated_at} />],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([field, value]) => [<dt key={`${field}-name`}>{t(`fields.${field}`)}</dt>, <dd key={field}>{value}</dd>])}
    </dl>
  );
}
