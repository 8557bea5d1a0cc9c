import { useDroppable } from '@dnd-kit/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { wall } from '../../../../web/clock.ts';
import { type Activity, dayOf } from '../activity.ts';
import classes from './calendar.module.css';
import { Chip, type ChipActions, snapped } from './chip.tsx';
import { laid, roomFor } from './lanes.ts';

export const PIXELS_A_MINUTE = 1;
const HOUR = 60 * PIXELS_A_MINUTE;
const FIRST_SEEN = 7.5;
/** Two lines of text. */
const SHORTEST = 36;
/** As many side by side as leave each enough to be read: of a week's days, and of one alone. */
const MOST = { week: 2, day: 8 };
const REST = 28;

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
          <span key={dayOf(day)} className={classes.dayName} data-today={dayOf(day) === dayOf(wall()) || undefined}>
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
  const { t, i18n } = useTranslation('activities');
  const id = dayOf(day);
  const { setNodeRef, isOver } = useDroppable({ id });
  const now = wall();
  const items = (byDay.get(id) ?? []).map((item) => {
    const due = wall(item.due_date ?? 0);
    const from = due.getHours() * 60 + due.getMinutes();
    return { item, from, to: from + Math.max(SHORTEST, item.duration_minutes ?? 0) };
  });
  const most = isAlone ? MOST.day : MOST.week;
  const { shown, rest } = roomFor(laid(items), most);
  const full = new Set(rest.map(({ heap }) => heap));
  const name = day.toLocaleDateString(i18n.language, { dateStyle: 'full' });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's key for a new one does the same
    <section
      ref={setNodeRef}
      className={classes.column}
      aria-label={name}
      data-over={isOver || undefined}
      onClick={(event) => {
        const minutes = (event.clientY - event.currentTarget.getBoundingClientRect().top) / PIXELS_A_MINUTE;
        onCreate(new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, Math.floor(minutes / 30) * 30));
      }}
    >
      {shown.map(({ item, from, to, lane, heap, ...laidOut }) => {
        const lanes = Math.min(laidOut.lanes, most);
        const width = `(100% - ${full.has(heap) ? REST : 0}px) / ${lanes}`;
        return (
          <Chip
            key={item.id}
            activity={item}
            upDown={15}
            isTall
            style={{
              position: 'absolute',
              top: from * PIXELS_A_MINUTE,
              height: (to - from) * PIXELS_A_MINUTE - 1,
              left: `calc(${width} * ${lane})`,
              width: `calc(${width} - 3px)`,
            }}
            {...actions}
          />
        );
      })}
      {rest.map(({ heap, from, to, items: left }) => (
        <Link
          key={heap}
          to="."
          search={(old: Record<string, unknown>) => ({ ...old, view: 'day', date: id }) as never}
          className={classes.rest}
          style={{ top: from * PIXELS_A_MINUTE, height: (to - from) * PIXELS_A_MINUTE - 1, width: REST - 3 }}
          title={left.map(({ subject }) => subject).join('\n')}
          aria-label={`${t('calendar.more', { count: left.length })}, ${name}`}
          onClick={(event) => event.stopPropagation()}
        >
          +{left.length}
        </Link>
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
