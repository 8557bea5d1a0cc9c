import { useDraggable } from '@dnd-kit/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../../../web/api/people.ts';
import { wall } from '../../../../web/clock.ts';
import { Avatar } from '../../../../web/kit/avatar.tsx';
import { Icon } from '../../../../web/kit/icon.tsx';
import { useUser } from '../../../../web/session/use-session.ts';
import { type Activity, icons, plusDays } from '../activity.ts';
import classes from './calendar.module.css';

export interface ChipActions {
  onOpen: (activity: Activity) => void;
  onMove: (activity: Activity, due: Date) => void;
}

interface Props extends ChipActions {
  activity: Activity;
  /** Minutes that shift and an arrow up or down moves by. */
  upDown: number;
  /** Room for a second line. */
  isTall?: boolean;
  style?: CSSProperties;
}

const QUARTER = 15;
export const WEEK = 7 * 24 * 60;

/** An activity in the calendar: dragged by mouse or touch, moved by shift and the arrows, opened by Enter. */
export function Chip({ activity, upDown, isTall, style, onOpen, onMove }: Props) {
  const { t, i18n } = useTranslation('activities');
  const { nameOf } = usePeople();
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({ id: activity.id });
  const due = wall(activity.due_date ?? 0);
  const about = [activity.contact_name ?? activity.deal_title, nameOf(activity.owner_id)].filter(Boolean).join(' · ');
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -24 * 60, ArrowRight: 24 * 60, ArrowUp: -upDown, ArrowDown: upDown }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    if (!event.shiftKey) return walk(event.currentTarget, by < 0 ? -1 : 1);
    const days = Math.trunc(by / (24 * 60));
    onMove(activity, days === 0 ? new Date(due.getTime() + by * 60_000) : plusDays(due, days));
  };
  return (
    <button
      ref={setNodeRef}
      type="button"
      {...attributes}
      {...listeners}
      className={classes.chip}
      data-chip
      data-tall={isTall || undefined}
      data-status={activity.status}
      data-dragging={isDragging || undefined}
      style={style}
      title={[`${timeOf(due, i18n.language)} ${activity.subject}`, about].join('\n')}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(activity);
      }}
      onKeyDown={onKeyDown}
    >
      <ChipText activity={activity} isTall={isTall} />
      <span className="visually-hidden">
        , {t(`types.${activity.type}`)}, {about && `${about}, `}
        {due.toLocaleDateString(i18n.language, { dateStyle: 'full' })}
      </span>
    </button>
  );
}

const timeOf = (due: Date, language: string) =>
  due.toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' });

export function ChipText({ activity, isTall }: { activity: Activity; isTall?: boolean | undefined }) {
  const { i18n } = useTranslation();
  const { nameOf } = usePeople();
  const me = useUser().id;
  const owner = activity.owner_id === me ? undefined : nameOf(activity.owner_id);
  const whom = activity.contact_name ?? activity.deal_title;
  const due = wall(activity.due_date ?? 0);
  return (
    <>
      <span className={classes.first}>
        <Icon name={icons[activity.type]} size={13} />
        <time className={classes.time}>{timeOf(due, i18n.language)}</time>
        <span className={classes.subject}>{activity.subject}</span>
        {!isTall && owner && <Avatar name={owner} size={15} />}
      </span>
      {isTall && (whom || owner) && (
        <span className={classes.second} aria-hidden="true">
          <span className={classes.whom}>{whom}</span>
          {owner && <Avatar name={owner} size={15} />}
        </span>
      )}
    </>
  );
}

/** Without shift, arrows walk from one to the next. */
function walk(from: HTMLElement, by: 1 | -1) {
  const chips = [...document.querySelectorAll<HTMLElement>('[data-chip]')];
  chips[chips.indexOf(from) + by]?.focus();
}

export const snapped = (minutes: number) => Math.round(minutes / QUARTER) * QUARTER;
