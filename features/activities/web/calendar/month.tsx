import { useDroppable } from '@dnd-kit/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wall } from '../../../../web/clock.ts';
import { Icon } from '../../../../web/kit/icon.tsx';
import { type Activity, dayOf } from '../activity.ts';
import classes from './calendar.module.css';
import { Chip, type ChipActions, WEEK } from './chip.tsx';

interface Props extends ChipActions {
  days: Date[];
  /** The month that is meant, for weeks reach into its neighbours. */
  month: number;
  byDay: Map<string, Activity[]>;
  isNarrow: boolean;
  onCreate: (at: Date) => void;
}

const FITS = 4;
const FITS_IN_SIX_WEEKS = 3;

export function Month({ days, ...rest }: Props) {
  const { i18n } = useTranslation();
  return (
    <div className={classes.month} style={{ '--weeks': days.length / 7 }}>
      {days.slice(0, 7).map((day) => (
        <div key={day.getDay()} className={classes.weekday}>
          {day.toLocaleDateString(i18n.language, { weekday: 'short' })}
        </div>
      ))}
      {days.map((day) => (
        <Cell key={dayOf(day)} day={day} fits={days.length > 35 ? FITS_IN_SIX_WEEKS : FITS} {...rest} />
      ))}
    </div>
  );
}

function Cell({
  day,
  fits,
  month,
  byDay,
  isNarrow,
  onCreate,
  ...actions
}: Omit<Props, 'days'> & { day: Date; fits: number }) {
  const { t, i18n } = useTranslation('activities');
  const id = dayOf(day);
  const { setNodeRef, isOver } = useDroppable({ id });
  const items = byDay.get(id) ?? [];
  const shown = items.length > fits ? items.slice(0, fits - 1) : items;
  const name = day.toLocaleDateString(i18n.language, { dateStyle: 'full' });
  const toDay = (old: Record<string, unknown>) => ({ ...old, view: 'day', date: id });
  return (
    <section
      ref={setNodeRef}
      className={classes.cell}
      aria-label={name}
      data-over={isOver || undefined}
      data-outside={day.getMonth() !== month || undefined}
      data-today={id === dayOf(wall()) || undefined}
    >
      <header className={classes.cellHead}>
        <Link to="." search={toDay as never} className={classes.number} aria-label={name}>
          {day.getDate()}
        </Link>
        {!isNarrow && (
          <button
            type="button"
            className={classes.add}
            aria-label={t('calendar.newOn', { day: name })}
            onClick={() => onCreate(new Date(day.getFullYear(), day.getMonth(), day.getDate(), 9))}
          >
            <Icon name="add" size={14} />
          </button>
        )}
      </header>
      {isNarrow
        ? items.length > 0 && (
            <Link to="." search={toDay as never} className={classes.count} aria-label={`${name}: ${items.length}`}>
              {items.length}
            </Link>
          )
        : shown.map((activity) => <Chip key={activity.id} activity={activity} upDown={WEEK} {...actions} />)}
      {!isNarrow && items.length > shown.length && (
        <Link to="." search={toDay as never} className={classes.more}>
          {t('calendar.more', { count: items.length - shown.length })}
        </Link>
      )}
    </section>
  );
}
