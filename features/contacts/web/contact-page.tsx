import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Avatar } from '../../../web/kit/avatar.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
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

const EditContact = lazy(() => import('./edit-contact.tsx'));

export default function ContactPage() {
  const { t } = useTranslation(['contacts', 'app']);
  const { contactId: id = '' } = useParams({ strict: false }) as { contactId?: string };
  const [{ at: _, ...list }] = usePageSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const { data: contact, error, refetch } = useQuery({ queryKey: ['contacts', 'one', id], queryFn: () => load(id) });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/contacts/{contact_id}', { params: { path: { contact_id: id } } })),
    onSuccess: () => {
      const params = { path: { contact_id: id } };
      offerUndo(t('bulk.deleted', { count: 1 }), async () => {
        await answer(api.POST('/api/contacts/{contact_id}/restore', { params }));
        await client.invalidateQueries({ queryKey: ['contacts'] });
        await navigate({ to: `/contacts/${id}` } as object);
      });
      void navigate({ to: '/contacts' } as object);
      return client.invalidateQueries({ queryKey: ['contacts', 'list'] });
    },
  });
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
              loading={remove.isPending}
              onClick={() => remove.mutate()}
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
            <ContactDeals id={id} />
          </div>
        </div>
      ) : error ? (
        <Trouble error={error} retry={() => void refetch()} />
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
      <Suspense>{isEditing && contact && <EditContact contact={contact} onClose={() => setEditing(false)} />}</Suspense>
    </Page>
  );
}
