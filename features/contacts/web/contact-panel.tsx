import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Icon, type IconName } from '../../../web/kit/icon.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { lazy } from '../../../web/lazy.ts';
import type { Search } from '../../../web/page-search.ts';
import { type Contact, type ContactStatus, fullName, statuses } from './contact.ts';
import { ContactFacts } from './contact-facts.tsx';
import classes from './contacts.module.css';
import { load } from './saving.ts';
import { useChange } from './use-change.tsx';

const DeletedRecord = lazy(async () => ({
  default: (await import('../../trash/web/deleted-record.tsx')).DeletedRecord,
}));

/** Where in which list the contact was found, so that its page can lead to the next one. */
export interface Place {
  search: Search;
  at: number | undefined;
}

interface Props {
  id: string;
  place: Place;
  onClose: () => void;
}

export function ContactPanel({ id, place, onClose }: Props) {
  const { t } = useTranslation('contacts');
  const { data, error, refetch } = useQuery({ queryKey: ['contacts', 'one', id], queryFn: () => load(id) });
  return (
    <SidePanel label={data ? fullName(data) : t('panel')} onClose={onClose}>
      {data ? (
        <Details contact={data} place={place} />
      ) : error ? (
        <DeletedRecord kind="contacts" id={id} error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={8} />
      )}
    </SidePanel>
  );
}

function Details({ contact, place }: { contact: Contact; place: Place }) {
  const { t } = useTranslation('contacts');
  const { open: _, ...search } = place.search;
  const page = {
    to: `/contacts/${contact.id}`,
    search: { ...search, at: place.at === undefined ? undefined : String(place.at) },
  };
  return (
    <>
      <div className={classes.top}>
        <Avatar name={fullName(contact)} size={46} />
        <div>
          <h2 className={classes.heading}>
            <Link to={page.to} search={page.search as never} className={classes.quiet}>
              {fullName(contact)}
            </Link>
          </h2>
          <span className={classes.soft}>{[contact.title, contact.company].filter(Boolean).join(' · ')}</span>
        </div>
      </div>
      <div className={classes.reach}>
        <Link to={page.to} search={page.search as never} className={classes.buttonLink}>
          <Icon name="person" size={15} />
          {t('openPage')}
        </Link>
        <ReachButtons contact={contact} />
      </div>
      <StatusSelect contact={contact} />
      <ContactFacts contact={contact} />
    </>
  );
}

/** Ways to speak to them. */
export function ReachButtons({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const phone = contact.phone ?? contact.mobile;
  return (
    <>
      {contact.email && <Reach href={`mailto:${contact.email}`} icon="mail" label={t('fields.email')} />}
      {phone && <Reach href={`tel:${phone}`} icon="phone" label={phone} />}
    </>
  );
}

function Reach({ href, icon, label }: { href: string; icon: IconName; label: string }) {
  return (
    <Button component="a" href={href} variant="default" size="xs" leftSection={<Icon name={icon} size={15} />}>
      {label}
    </Button>
  );
}

export function StatusSelect({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const [change, conflict] = useChange();
  return (
    <>
      <Select
        label={t('status')}
        data={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
        value={contact.status}
        onChange={(value) => value && void change(contact, { status: value as ContactStatus })}
      />
      {conflict}
    </>
  );
}
