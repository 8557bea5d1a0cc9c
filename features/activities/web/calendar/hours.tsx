import { useDroppable } from '@dnd-kit/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Activity, dayOf } from '../activity.ts';
import classes from './calendar.module.css';
import { Chip, type ChipActions, snapped } from './chip.tsx';
import { laid } from './lanes.ts';

export const PIXELS_A_MINUTE = 0.8;
const HOUR = 60 * PIXELS_A_MINUTE;
const FIRST_SEEN = 7.5;
const SHORTEST = 28;
const TALL = 45;

interface Props extends ChipActions {
  days: Date[];
  byDay: Map<string, Activity[]>;
  onCreate: (at: Date) => void;
}

/** A week or a day by the hour. */
export function Hours({ days, ...rest }: Props) {
  const { t, i18n } = useTranslation('activities');
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = FIRST_SEEN * HOUR;
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section ref={scroller} className={classes.hours} tabIndex={0} aria-label={t('calendar.title')}>
      <div className={classes.hoursHead} style={{ '--days': days.length }}>
        <span />
        {days.map((day) => (
          <span key={dayOf(day)} className={classes.dayName} data-today={dayOf(day) === dayOf(new Date()) || undefined}>
            {day.toLocaleDateString(i18n.language, { weekday: 'short' })} <b>{day.getDate()}</b>
          </span>
        ))}
      </div>
      <div className={classes.hoursBody} style={{ '--days': days.length }}>
        <div className={classes.clock} aria-hidden="true">
          {Array.from({ length: 24 }, (_, hour) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the hours of a day do not change
            <span key={hour}>
              {hour > 0 && new Date(2000, 0, 1, hour).toLocaleTimeString(i18n.language, { hour: 'numeric' })}
            </span>
          ))}
        </div>
        {days.map((day) => (
          <Column key={dayOf(day)} day={day} isAlone={days.length === 1} {...rest} />
        ))}
      </div>
    </section>
  );
}

function Column({ day, isAlone, byDay, onCreate, ...actions }: Omit<Props, 'days'> & { day: Date; isAlone: boolean }) {
  const { i18n } = useTranslation();
  const id = dayOf(day);
  const { setNodeRef, isOver } = useDroppable({ id });
  const now = new Date();
  const items = (byDay.get(id) ?? []).map((item) => {
    const due = new Date(item.due_date ?? 0);
    const from = due.getHours() * 60 + due.getMinutes();
    return { item, from, to: from + Math.max(SHORTEST, item.duration_minutes ?? 0) };
  });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's key for a new one does the same
    <section
      ref={setNodeRef}
      className={classes.column}
      aria-label={day.toLocaleDateString(i18n.language, { dateStyle: 'full' })}
      data-over={isOver || undefined}
      onClick={(event) => {
        const minutes = (event.clientY - event.currentTarget.getBoundingClientRect().top) / PIXELS_A_MINUTE;
        onCreate(new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, Math.floor(minutes / 30) * 30));
      }}
    >
      {laid(items).map(({ item, from, to, lane, lanes }) => (
        <Chip
          key={item.id}
          activity={item}
          upDown={15}
          isTall={to - from >= TALL}
          isNarrow={lanes > 1 && !isAlone}
          style={{
            position: 'absolute',
            top: from * PIXELS_A_MINUTE,
            height: (to - from) * PIXELS_A_MINUTE - 1,
            left: `${(lane / lanes) * 100}%`,
            width: `calc(${100 / lanes}% - 3px)`,
          }}
          {...actions}
        />
      ))}
      {id === dayOf(now) && (
        <span
          className={classes.now}
          style={{ top: (now.getHours() * 60 + now.getMinutes()) * PIXELS_A_MINUTE }}
          aria-hidden="true"
        />
      )}
    </section>
  );
}

/** Where a drop by so many pixels leaves it, on a day. */
export function dropTime(due: Date, day: Date, pixels: number): Date {
  const minutes = due.getHours() * 60 + due.getMinutes() + snapped(pixels / PIXELS_A_MINUTE);
  const within = Math.max(0, Math.min(24 * 60 - 15, minutes));
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, within);
}
