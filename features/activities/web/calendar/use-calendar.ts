import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../../web/api/client.ts';
import { instant, wall } from '../../../../web/clock.ts';
import { notifyProblem } from '../../../../web/kit/notify.ts';
import { offerUndo } from '../../../../web/kit/undo.tsx';
import { renew } from '../../../../web/queries.ts';
import { type Activity, dueText, plusDays } from '../activity.ts';
import { change, type Query, showAtOnce } from '../use-activities.ts';

const MOST_PAGES = 3;
const PAUSE_MS = 500;

async function load(query: Query) {
  const items: Activity[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const place: Query = { ...query, limit: 200, sort: 'due_date', ...(cursor ? { cursor } : {}) };
    const answered: { items: Activity[]; next_cursor: string | null } = await answer(
      api.GET('/api/activities', { params: { query: place } }),
    );
    items.push(...answered.items);
    cursor = answered.next_cursor;
    if (cursor === null) break;
  }
  return { items, isCut: cursor !== null };
}

/** What is due on these days. */
export function useCalendar(days: Date[], filter: Query) {
  const end = new Date(plusDays(days.at(-1) ?? wall(), 1).getTime() - 1);
  const query = { ...filter, due_from: instant(days[0] ?? wall()), due_to: instant(end) };
  return useQuery({
    queryKey: ['activities', 'calendar', query],
    queryFn: () => load(query),
    placeholderData: keepPreviousData,
  });
}

interface Waiting {
  original: Activity;
  /** As the reader's clock shows it. */
  due: Date;
  putBack: () => void;
  timer: ReturnType<typeof setTimeout>;
}

/** Moves an activity to another time: shown at once, sent when the moving pauses, put back when it is refused. */
export function useReschedule() {
  const { t, i18n } = useTranslation('activities');
  const waiting = useRef(new Map<string, Waiting>());
  /** The versions that own moves have made: the next one may go before the calendar has read them. */
  const made = useRef(new Map<string, Promise<number>>());

  const send = async ({ original, due, putBack }: Waiting) => {
    const { id } = original;
    waiting.current.delete(id);
    const due_date = instant(due);
    const by = Date.parse(due_date) - Date.parse(original.due_date ?? due_date);
    const reminder_at = original.reminder_at && new Date(Date.parse(original.reminder_at) + by).toISOString();
    const body = { due_date, ...(reminder_at ? { reminder_at } : {}) };
    try {
      const before = made.current.get(id) ?? Promise.resolve(0);
      const changed = before.then((version) => change(id, body, Math.max(version, original.version)));
      made.current.set(
        id,
        changed.then(
          ({ version }) => version,
          () => before,
        ),
      );
      await changed;
      const when = dueText(body.due_date, i18n.language);
      offerUndo(t('calendar.moved', { subject: original.subject, when }), () => {
        const back = { due_date: original.due_date, ...(reminder_at ? { reminder_at: original.reminder_at } : {}) };
        return change(id, back).finally(() => renew('activities'));
      });
    } catch (error) {
      putBack();
      notifyProblem(error);
    }
    void renew('activities');
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the page is left
  useEffect(() => {
    const left = waiting.current;
    // What was moved is sent, though the page is left before the pause is over.
    return () => {
      for (const one of left.values()) {
        clearTimeout(one.timer);
        void send(one);
      }
    };
  }, []);

  return async (activity: Activity, due: Date) => {
    const before = waiting.current.get(activity.id);
    if (before) clearTimeout(before.timer);
    const original = before?.original ?? activity;
    const shown = showAtOnce(activity.id, { due_date: instant(due) });
    const next: Waiting = {
      original,
      due,
      putBack: before?.putBack ?? (() => void shown.then((putBack) => putBack())),
      timer: setTimeout(() => void send(next), PAUSE_MS),
    };
    waiting.current.set(activity.id, next);
  };
}
