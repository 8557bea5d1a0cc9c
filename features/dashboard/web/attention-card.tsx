import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../web/kit/card.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { Day, RelativeTime } from '../../../web/kit/relative-time.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { dealPlace } from '../../deals/web/place.ts';
import classes from './dashboard.module.css';
import type { Dashboard } from './use-dashboard.ts';

type Attention = Dashboard['attention'];

/** Deals that wait for somebody, and what for. */
export function AttentionCard({ attention }: { attention: Attention | undefined }) {
  const { t } = useTranslation('dashboard');
  return (
    <Card title={t('attention.title')} aside={attention && attention.count > 0 && t('attention.count', attention)}>
      {!attention ? (
        <Lines count={6} />
      ) : attention.items.length === 0 ? (
        <div className={classes.empty}>
          <p>{t('attention.none')}</p>
        </div>
      ) : (
        <ul className={classes.list} aria-label={t('attention.title')}>
          {attention.items.map((deal) => (
            <Deal key={deal.id} deal={deal} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Deal({ deal }: { deal: Attention['items'][number] }) {
  const { t } = useTranslation('dashboard');
  return (
    <li>
      <Link to={dealPlace(deal.id).to} className={classes.deal}>
        <span className={classes.name}>
          {deal.title}
          <span className={classes.soft}>{deal.company}</span>
        </span>
        <b>
          <Money value={deal.value} currency={deal.currency} round />
        </b>
        <span className={classes.reasons}>
          {deal.reasons.map((reason) => (
            <span key={reason} data-reason={reason}>
              {t(`attention.reasons.${reason}`)}
              {reason === 'rotting' && (
                <>
                  {' '}
                  · {deal.stage} · <RelativeTime at={deal.stage_entered_at} />
                </>
              )}
              {reason === 'close_past' && deal.expected_close_date && (
                <>
                  {' '}
                  <Day at={deal.expected_close_date} />
                </>
              )}
            </span>
          ))}
        </span>
      </Link>
    </li>
  );
}
