import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Status } from '../../../web/kit/status.tsx';
import type { Column } from '../../../web/kit/table.tsx';
import { type Contact, fullName, tones } from './contact.ts';
import classes from './contacts.module.css';

export function useContactColumns(): Column<Contact>[] {
  const { t } = useTranslation('contacts');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        width: 'minmax(0, 2.2fr)',
        cell: (contact) => <NameCell contact={contact} />,
      },
      {
        id: 'company',
        header: t('columns.company'),
        width: 'minmax(0, 1.8fr)',
        cell: (contact) => contact.company,
      },
      {
        id: 'status',
        header: t('columns.status'),
        width: '124px',
        cell: (contact) => <Status tone={tones[contact.status]} label={t(`statuses.${contact.status}`)} />,
      },
      {
        id: 'email',
        header: t('columns.email'),
        width: 'minmax(0, 2fr)',
        from: 840,
        cell: (contact) => <span className={classes.soft}>{contact.email}</span>,
      },
      {
        id: 'phone',
        header: t('columns.phone'),
        width: '158px',
        from: 1080,
        cell: (contact) => <span className={classes.soft}>{contact.phone ?? contact.mobile}</span>,
      },
      {
        id: 'score',
        header: t('columns.score'),
        width: '68px',
        from: 680,
        align: 'end',
        cell: (contact) => contact.lead_score,
      },
      {
        id: 'changed',
        header: t('columns.changed'),
        width: '104px',
        from: 960,
        align: 'end',
        sort: 'updated_at',
        cell: (contact) => (
          <span className={classes.soft}>
            <RelativeTime at={contact.updated_at} />
          </span>
        ),
      },
      {
        id: 'added',
        header: t('columns.added'),
        width: '100px',
        align: 'end',
        sort: 'created_at',
        cell: (contact) => (
          <span className={classes.soft}>
            <RelativeTime at={contact.created_at} />
          </span>
        ),
      },
    ],
    [t],
  );
}

function NameCell({ contact }: { contact: Contact }) {
  const name = fullName(contact);
  return (
    <span className={classes.name}>
      <Avatar name={name} size={24} />
      <span className={classes.cut}>
        <b>{name}</b> {contact.title && <span className={classes.soft}>{contact.title}</span>}
      </span>
    </span>
  );
}

export function NarrowContact({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const name = fullName(contact);
  return (
    <span className={classes.narrow}>
      <Avatar name={name} size={34} />
      <span className={classes.cut}>
        <b>{name}</b>
        <br />
        <span className={classes.soft}>{contact.company ?? contact.email}</span>
      </span>
      <span className={classes.narrowStatus}>
        <Status tone={tones[contact.status]} label={t(`statuses.${contact.status}`)} />
      </span>
    </span>
  );
}
