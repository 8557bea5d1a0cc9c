import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../../web/kit/avatar.tsx';
import { RelativeTime } from '../../../../web/kit/relative-time.tsx';
import { fullName } from '../contact.ts';
import classes from './duplicates.module.css';
import type { Group } from './duplicates-page.tsx';

/** Contacts that may be one person, the oldest first: each other one can be compared with it. */
export function DuplicateGroup({ group }: { group: Group }) {
  const { t } = useTranslation('contacts');
  const [oldest, ...others] = group.contacts;
  if (!oldest) return null;
  const shared = group.reason === 'name' ? fullName(oldest) : (oldest[group.reason] ?? oldest.mobile);
  return (
    <section className={classes.group} aria-label={shared ?? ''}>
      <h2 className={classes.shared}>
        {shared} <span className={classes.soft}>{t('duplicates.count', { count: group.count })}</span>
      </h2>
      <ul className={classes.contacts}>
        {[oldest, ...others].map((contact) => {
          const name = fullName(contact);
          const search = { keep: oldest.id, with: contact.id, by: group.reason };
          return (
            <li key={contact.id} className={classes.contact}>
              <Avatar name={name} size={26} />
              <span className={classes.who}>
                <b>{name}</b> <span className={classes.soft}>{contact.company}</span>
              </span>
              <span className={classes.reach}>{contact.email}</span>
              <span className={classes.phone}>{contact.phone ?? contact.mobile}</span>
              <span className={classes.added}>
                <RelativeTime at={contact.created_at} />
              </span>
              <span className={classes.action}>
                {contact === oldest ? (
                  <span className={classes.soft}>{t('duplicates.oldest')}</span>
                ) : (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('duplicates.compareWith', { name, other: fullName(oldest) })}
                    renderRoot={(props) => <Link to="/contacts/merge" search={search as never} {...props} />}
                  >
                    {t('duplicates.compare')}
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
