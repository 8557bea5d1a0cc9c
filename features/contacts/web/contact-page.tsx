import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { lazy } from '../../../web/lazy.ts';
import { usePageSearch } from '../../../web/page-search.ts';
import { fullName } from './contact.ts';
import { ContactDeals } from './contact-deals.tsx';
import { ContactFacts } from './contact-facts.tsx';
import classes from './contact-page.module.css';
import { ReachButtons, StatusSelect } from './contact-panel.tsx';
import { ContactSteps } from './contact-steps.tsx';
import { ContactTimeline } from './contact-timeline.tsx';
import { NextActivities } from './next-activities.tsx';
import { load } from './saving.ts';
import { useContactRemoval } from './use-contact-removal.tsx';

const DeletedRecord = lazy(async () => ({
  default: (await import('../../trash/web/deleted-record.tsx')).DeletedRecord,
}));
const EditContact = lazy(() => import('./edit-contact.tsx'));

export default function ContactPage() {
  const { t } = useTranslation(['contacts', 'app']);
  const { contactId: id = '' } = useParams({ strict: false }) as { contactId?: string };
  const [{ at: _, ...list }] = usePageSearch();
  const [isEditing, setEditing] = useState(false);
  const { data: contact, error, refetch } = useQuery({ queryKey: ['contacts', 'one', id], queryFn: () => load(id) });
  const removal = useContactRemoval(contact);
  useKeys([{ press: 'e', label: t('edit'), run: () => setEditing(true) }]);
  return (
    <Page
      title={contact ? fullName(contact) : t('panel')}
      trail={[{ label: t('title'), to: '/contacts', search: list }]}
      toolbar={<ContactSteps key={id} id={id} />}
      actions={
        contact && (
          <>
            <Button variant="default" leftSection={<Icon name="edit" size={15} />} onClick={() => setEditing(true)}>
              {t('edit')}
            </Button>
            <Button
              variant="default"
              leftSection={<Icon name="trash" size={15} />}
              loading={removal.isBusy}
              onClick={removal.begin}
            >
              {t('bulk.delete')}
            </Button>
          </>
        )
      }
    >
      {contact ? (
        <div className={classes.columns}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <section className={classes.about} aria-label={t('about')} tabIndex={0}>
            <div className={classes.who}>
              <Avatar name={fullName(contact)} size={46} />
              <span className={classes.role}>
                <b>{contact.title}</b>
                {contact.company}
              </span>
            </div>
            <div className={classes.reach}>
              <ReachButtons contact={contact} />
            </div>
            <StatusSelect contact={contact} />
            <ContactFacts contact={contact} />
          </section>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <div className={classes.story} tabIndex={0}>
            <ContactTimeline key={id} id={id} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <div className={classes.aside} tabIndex={0}>
            <NextActivities id={id} />
            <ContactDeals contact={contact} />
          </div>
        </div>
      ) : error ? (
        <DeletedRecord key={id} kind="contacts" id={id} error={error} retry={() => void refetch()} />
      ) : (
        <div className={classes.columns} role="status" aria-label={t('loading', { ns: 'app' })}>
          <div className={classes.about}>
            <Lines count={9} />
          </div>
          <div className={classes.story}>
            <Lines count={12} />
          </div>
        </div>
      )}
      {removal.dialog}
      {isEditing && contact && <EditContact contact={contact} onClose={() => setEditing(false)} />}
    </Page>
  );
}
