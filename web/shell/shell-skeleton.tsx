import { useTranslation } from 'react-i18next';
import { Bar } from '../kit/skeleton.tsx';
import classes from './shell.module.css';

export function ShellSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.shell} role="status" aria-label={t('loading')}>
      <div className={classes.topbar} />
      <div className={classes.sidebar} />
      <div className={classes.content}>
        <div className={classes.waiting}>
          <Bar width={140} height={18} />
        </div>
      </div>
    </div>
  );
}
