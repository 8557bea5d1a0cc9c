import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Money } from '../../../web/kit/money.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Status, type Tone } from '../../../web/kit/status.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import classes from './contact-page.module.css';

const tones: Record<string, Tone> = { open: 'active', won: 'good', lost: 'bad', abandoned: 'idle' };

export function ContactDeals({ id }: { id: string }) {
  const { t } = useTranslation('contacts');
  const { data, error, refetch } = useQuery({
    queryKey: ['deals', 'of contact', id],
    queryFn: () => answer(api.GET('/api/deals', { params: { query: { contact_id: id, limit: 50 } } })),
  });
  return (
    <section className={classes.block} aria-label={t('deals.title')}>
      <h2 className={classes.blockTitle}>{t('deals.title')}</h2>
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
    </section>
  );
}
