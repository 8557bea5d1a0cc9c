import { useTranslation } from 'react-i18next';
import classes from './isolation.module.css';

const AROUND = 2 * Math.PI * 42;

/** Of 100, as a ring. */
export function Ring({ percent }: { percent: number }) {
  const { t } = useTranslation('isolation');
  return (
    <svg className={classes.ring} viewBox="0 0 100 100" role="img" aria-label={t('ring', { percent })}>
      <circle cx="50" cy="50" r="42" />
      <circle
        className={classes.done}
        cx="50"
        cy="50"
        r="42"
        strokeDasharray={`${(AROUND * percent) / 100} ${AROUND}`}
        transform="rotate(-90 50 50)"
      />
      <text x="50" y="59">
        {percent}
      </text>
    </svg>
  );
}
