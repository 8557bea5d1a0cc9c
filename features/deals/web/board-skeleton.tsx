import { useTranslation } from 'react-i18next';
import { Lines } from '../../../web/kit/skeleton.tsx';
import classes from './deals.module.css';

export function BoardSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.waiting} role="status" aria-label={t('loading')}>
      {[7, 5, 4, 3, 2].map((lines) => (
        <Lines key={lines} count={lines} />
      ))}
    </div>
  );
}
