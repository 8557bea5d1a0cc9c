import { Icon } from './icon.tsx';
import classes from './steps.module.css';

interface Props {
  label: string;
  steps: { id: string; label: string; onGo?: (() => void) | undefined }[];
  /** Where one is. */
  at: string;
}

/** Where one is in a task of a few steps; those that can be gone to are buttons. */
export function Steps({ label, steps, at }: Props) {
  const place = steps.findIndex(({ id }) => id === at);
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map((step, index) => {
        const inside = (
          <>
            <span className={classes.number} aria-hidden="true">
              {index < place ? <Icon name="check" size={12} /> : index + 1}
            </span>
            {step.label}
          </>
        );
        return (
          <li
            key={step.id}
            className={classes.step}
            data-done={index < place || undefined}
            aria-current={index === place ? 'step' : undefined}
          >
            {step.onGo && index !== place ? (
              <button type="button" className={classes.go} onClick={step.onGo}>
                {inside}
              </button>
            ) : (
              <span className={classes.go}>{inside}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
