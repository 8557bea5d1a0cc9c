import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { fullName } from './contact.ts';
import classes from './contacts.module.css';

const TYPING_PAUSE_MS = 250;
/** Shorter ones the server takes for no telephone number. */
const DIGITS = 7;

/** Says while a contact is written that there may be one already; it may be made all the same. */
export function Alike(typed: { email: string; phone: string }) {
  const { t } = useTranslation('contacts');
  const [{ email, phone }] = useDebouncedValue(typed, TYPING_PAUSE_MS, {});
  const query = {
    ...(/^\S+@\S+\.\S+$/.test(email.trim()) ? { email: email.trim() } : {}),
    ...(phone.replace(/\D/g, '').length >= DIGITS ? { phone: phone.trim() } : {}),
  };
  const isAsked = Object.keys(query).length > 0;
  const { data } = useQuery({
    queryKey: ['contacts', 'alike', query],
    queryFn: ({ signal }) => answer(api.GET('/api/contacts/alike', { params: { query }, signal })),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const items = isAsked ? (data?.items ?? []) : [];
  return (
    <div role="status">
      {items.length > 0 && (
        <div className={classes.alike}>
          <Icon name="people" size={16} />
          <span>{t('alike', { count: items.length })}</span>
          <ul>
            {items.map((contact) => (
              <li key={contact.id}>
                {/* Beside this page: what was typed stays. */}
                <a href={`/contacts/${contact.id}`} target="_blank" rel="noreferrer">
                  {fullName(contact)}
                </a>{' '}
                <span className={classes.soft}>
                  {[contact.company, contact.email, contact.phone ?? contact.mobile].filter(Boolean).join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
