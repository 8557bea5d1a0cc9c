import { useTranslation } from 'react-i18next';
import classes from './activities.module.css';
import { type Activity, dueText } from './activity.ts';

export function Due({ activity }: { activity: Activity }) {
  const { t, i18n } = useTranslation('activities');
  const at = activity.due_date;
  if (!at) return null;
  return (
    <span className={classes.due} data-status={activity.status}>
      {activity.status === 'overdue' && <span className="visually-hidden">{t('tabs.overdue')}: </span>}
      <time dateTime={at}>{dueText(at, i18n.language)}</time>
    </span>
  );
}
