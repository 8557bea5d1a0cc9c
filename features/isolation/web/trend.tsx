import { useTranslation } from 'react-i18next';
import { wall } from '../../../web/clock.ts';
import classes from './isolation.module.css';
import type { AuditRun } from './isolation-page.tsx';

const SHOWN = 30;

/** The score of each run, the newest last; what did not end well stands out by more than its colour. */
export function Trend({ runs }: { runs: AuditRun[] }) {
  const { t, i18n } = useTranslation('isolation');
  const ended = runs.filter(({ finished_at }) => finished_at !== null).slice(0, SHOWN);
  if (ended.length === 0) return <p className={classes.soft}>{t('noTrend')}</p>;
  const day = (at: string | null) =>
    at ? wall(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }) : '';
  return (
    <ol className={classes.trend} aria-label={t('trend')}>
      {[...ended].reverse().map(({ id, percent, verdict, finished_at }) => {
        const text = verdict
          ? t('trendRun', { day: day(finished_at), percent, verdict: t(`verdicts.${verdict}`) })
          : t('trendFailed', { day: day(finished_at) });
        return (
          <li key={id} title={text} data-verdict={verdict ?? 'none'}>
            <span style={{ height: `${Math.max(4, percent ?? 0)}%` }} />
            <span className="visually-hidden">{text}</span>
          </li>
        );
      })}
    </ol>
  );
}
