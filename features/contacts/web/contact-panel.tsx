import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Icon, type IconName } from '../../../web/kit/icon.tsx';
import { SidePanel } from '../../../web/kit/side-panel.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { type Contact, type ContactStatus, fullName, statuses } from './contact.ts';
import { ContactFacts } from './contact-facts.tsx';
import classes from './contacts.module.css';

export function ContactPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const { data, error, refetch } = useQuery({
    queryKey: ['contacts', 'one', id],
    queryFn: () => answer(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
  });
  return (
    <SidePanel label={data ? fullName(data) : t('panel')} onClose={onClose}>
      {data ? (
        <Details contact={data} />
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <Lines count={8} />
      )}
    </SidePanel>
  );
}

function Details({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const phone = contact.phone ?? contact.mobile;
  return (
    <>
      <div className={classes.top}>
        <Avatar name={fullName(contact)} size={46} />
        <div>
          <h2 className={classes.heading}>{fullName(contact)}</h2>
          <span className={classes.soft}>{[contact.title, contact.company].filter(Boolean).join(' · ')}</span>
        </div>
      </div>
      <div className={classes.reach}>
        {contact.email && <Reach href={`mailto:${contact.email}`} icon="mail" label={t('fields.email')} />}
        {phone && <Reach href={`tel:${phone}`} icon="phone" label={phone} />}
      </div>
      <StatusSelect contact={contact} />
      <ContactFacts contact={contact} />
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

function StatusSelect({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const key = ['contacts', 'one', contact.id];
  const change = useMutation({
    mutationFn: (status: ContactStatus) =>
      answer(
        api.PATCH('/api/contacts/{contact_id}', { params: { path: { contact_id: contact.id } }, body: { status } }),
      ),
    onMutate: (status) => client.setQueryData(key, { ...contact, status }),
    onError: () => client.setQueryData(key, contact),
    onSettled: () => client.invalidateQueries({ queryKey: ['contacts'] }),
  });
  return (
    <Select
      label={t('status')}
      data={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
      value={contact.status}
      onChange={(value) => value && change.mutate(value as ContactStatus)}
    />
  );
}
