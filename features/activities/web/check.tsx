import { useTranslation } from 'react-i18next';
import classes from './activities.module.css';
import { type Activity, isOpen } from './activity.ts';
import { useCompletion } from './use-activities.ts';

/** The circle that completes an activity, wherever one is shown. */
export function Check({ activity }: { activity: Activity }) {
  const { t } = useTranslation('activities');
  const complete = useCompletion();
  const isDone = activity.status === 'completed';
  if (!isDone && !isOpen(activity)) return <span className={classes.checkGap} />;
  return (
    <input
      type="checkbox"
      className={classes.check}
      aria-label={t('completeOne', { subject: activity.subject })}
      checked={isDone}
      onClick={(event) => event.stopPropagation()}
      onChange={() => complete(activity, !isDone)}
    />
  );
}
