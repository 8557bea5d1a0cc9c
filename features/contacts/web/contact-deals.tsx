import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Status, type Tone } from '../../../web/kit/status.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import type { Contact } from './contact.ts';
import classes from './contact-page.module.css';

const NewDeal = lazy(() => import('../../deals/web/new-deal.tsx'));

const tones: Record<string, Tone> = { open: 'active', won: 'good', lost: 'bad', abandoned: 'idle' };

export function ContactDeals({ contact }: { contact: Pick<Contact, 'id' | 'company'> }) {
  const { t } = useTranslation('contacts');
  const [isNew, setNew] = useState(false);
  const { id } = contact;
  const { data, error, refetch } = useQuery({
    queryKey: ['deals', 'of contact', id],
    queryFn: () => answer(api.GET('/api/deals', { params: { query: { contact_id: id, limit: 50 } } })),
  });
  return (
    <section className={classes.block} aria-label={t('deals.title')}>
      <div className={classes.blockHead}>
        <h2 className={classes.blockTitle}>{t('deals.title')}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('deals.new')} onClick={() => setNew(true)}>
          <Icon name="add" size={16} />
        </ActionIcon>
      </div>
      {error ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Lines count={2} />
      ) : data.items.length === 0 ? (
        <p className={classes.none}>{t('deals.none')}</p>
      ) : (
        <ul className={classes.list}>
          {data.items.map((deal) => (
            <li key={deal.id} className={classes.deal}>
              <Link to="/deals" search={{ pipeline: deal.pipeline_id, open: deal.id } as never}>
                {deal.title}
              </Link>
              <span className={classes.dealLine}>
                <Money value={deal.value} currency={deal.currency} round />
                <Status tone={tones[deal.status] ?? 'idle'} label={t(`deals.${deal.status}`)} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {isNew && <NewDeal contact={contact} onClose={() => setNew(false)} />}
    </section>
  );
}
