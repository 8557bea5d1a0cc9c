import { useTranslation } from 'react-i18next';
import { Day, today } from '../../../web/kit/relative-time.tsx';
import type { Deal } from './deal.ts';
import classes from './deals.module.css';

/** When an open deal should close, marked where that day has gone by. */
export function DueDay({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const due = deal.expected_close_date;
  if (!due) return null;
  const isLate = deal.status === 'open' && due < today();
  return (
    <span className={classes.due} data-late={isLate || undefined} title={isLate ? t('overdue') : undefined}>
      {isLate && <span className="visually-hidden">{t('overdue')} </span>}
      <Day at={due} />
    </span>
  );
}
