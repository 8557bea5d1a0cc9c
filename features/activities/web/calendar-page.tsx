import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instant, wall } from '../../../web/clock.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { Page } from '../../../web/kit/page.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { Views } from '../../../web/kit/views.tsx';
import { lazy } from '../../../web/lazy.ts';
import { usePageSearch } from '../../../web/page-search.ts';
import { type Activity, dayOf, fromDay } from './activity.ts';
import { ActivityPanel } from './activity-panel.tsx';
import classes from './calendar/calendar.module.css';
import { ChipText } from './calendar/chip.tsx';
import { dropTime, Hours } from './calendar/hours.tsx';
import { Month } from './calendar/month.tsx';
import { daysOf, firstDayOf, spanName, step, type View, views } from './calendar/span.ts';
import { useCalendar, useReschedule } from './calendar/use-calendar.ts';
import { useScopeFilter } from './scope.ts';
import { ScopeBar } from './scope-bar.tsx';

const ActivityForm = lazy(async () => ({ default: (await import('./activity-form.tsx')).ActivityForm }));

const LONG_DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;

export default function CalendarPage() {
  const { t, i18n } = useTranslation('activities');
  const [search, setSearch] = usePageSearch();
  const isNarrow = useMediaQuery('(max-width: 700px)', window.innerWidth <= 700) ?? false;
  const view = views.find((known) => known === search.view) ?? (isNarrow ? 'day' : 'month');
  const dateText = /^\d{4}-\d\d-\d\d$/.test(search.date ?? '') ? (search.date as string) : dayOf(wall());
  const date = useMemo(() => fromDay(dateText), [dateText]);
  // The language says how words are written; the place, how weeks are: a browser's en-GB is not en-US.
  const locale = navigator.languages.find((each) => each.startsWith(i18n.language)) ?? i18n.language;
  const firstDay = firstDayOf(locale);
  const days = useMemo(() => daysOf(view, date, firstDay), [view, date, firstDay]);
  const { data, isError, error, refetch, isPending } = useCalendar(days, useScopeFilter(search.whose, search.type));
  const byDay = useMemo(() => grouped(data?.items ?? []), [data]);
  const reschedule = useReschedule();
  const [creatingAt, setCreatingAt] = useState<Date>();
  const [dragged, setDragged] = useState<Activity>();
  const [told, setTold] = useState('');
  const go = (to: Date) => setSearch({ date: dayOf(to) === dayOf(wall()) ? undefined : dayOf(to) });
  const show = (next: View) => setSearch({ view: next }, true);
  useKeys([
    { press: 'n', label: t('new'), run: () => setCreatingAt(atNine(date)) },
    { press: 't', label: t('keys.today'), run: () => go(wall()) },
    { press: 'k', label: t('keys.before'), run: () => go(step(view, date, -1)) },
    { press: 'j', label: t('keys.after'), run: () => go(step(view, date, 1)) },
    ...views.map((each) => ({ press: each.charAt(0), label: t(`keys.${each}`), run: () => show(each) })),
  ]);
  const onClose = useCallback(() => setSearch({ open: undefined }), [setSearch]);
  const actions = {
    onOpen: (activity: Activity) => setSearch({ open: activity.id }, !search.open),
    onMove: (activity: Activity, due: Date) => {
      const when = due.toLocaleString(i18n.language, { ...LONG_DAY, hour: 'numeric', minute: '2-digit' });
      setTold(t('calendar.placed', { name: named(activity.id) ?? activity.subject, when }));
      void reschedule(activity, due);
    },
  };
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  );
  const onDragEnd = ({ over, delta }: DragEndEvent) => {
    setDragged(undefined);
    if (!over || !dragged?.due_date) return;
    const due = wall(dragged.due_date);
    const to = dropTime(due, fromDay(String(over.id)), view === 'month' ? 0 : delta.y);
    if (to.getTime() !== due.getTime()) actions.onMove(dragged, to);
  };
  const named = (id: unknown) => {
    const one = data?.items.find((each) => each.id === id);
    return one?.contact_name ? t('calendar.named', { subject: one.subject, contact: one.contact_name }) : one?.subject;
  };
  const dayName = (id: unknown) => fromDay(String(id)).toLocaleDateString(i18n.language, LONG_DAY);
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('calendar.lifted', { name: named(active.id) }),
    onDragOver: ({ active, over }) => over && t('calendar.over', { name: named(active.id), day: dayName(over.id) }),
    // Where it stays says the page itself, as for moves by key.
    onDragEnd: ({ active, over }) => (over ? undefined : t('calendar.back', { name: named(active.id) })),
    onDragCancel: ({ active }) => t('calendar.back', { name: named(active.id) }),
  } as Announcements;
  const shared = { days, byDay, onCreate: setCreatingAt, ...actions };
  return (
    <Page
      title={t('title')}
      toolbar={<ScopeBar view="calendar" />}
      actions={
        <Button leftSection={<Icon name="add" size={16} />} onClick={() => setCreatingAt(atNine(date))}>
          {t('new')}
        </Button>
      }
      side={search.open && <ActivityPanel key={search.open} id={search.open} onClose={onClose} />}
    >
      <div className={classes.bar}>
        <ActionIcon variant="default" aria-label={t('keys.before')} onClick={() => go(step(view, date, -1))}>
          <Icon name="chevronLeft" size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('keys.after')} onClick={() => go(step(view, date, 1))}>
          <Icon name="chevronRight" size={16} />
        </ActionIcon>
        <Button size="compact-md" variant="default" onClick={() => go(wall())}>
          {t('keys.today')}
        </Button>
        <h2 className={classes.span}>{spanName(view, days, date, i18n.language)}</h2>
        <Views
          label={t('calendar.span')}
          views={views.map((each) => ({ view: each, label: t(`keys.${each}`) }))}
          view={view}
          onChange={show}
        />
      </div>
      {data?.isCut && <p className={classes.cut}>{t('calendar.tooMany')}</p>}
      <p className="visually-hidden" role="status">
        {told}
      </p>
      {isError && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={pointerWithin}
          accessibility={{ announcements, screenReaderInstructions: { draggable: t('calendar.hint') } }}
          onDragStart={({ active }) => setDragged(data?.items.find(({ id }) => id === active.id))}
          onDragEnd={onDragEnd}
          onDragCancel={() => setDragged(undefined)}
        >
          <div className={classes.frame} aria-busy={isPending} data-waiting={isPending || undefined}>
            {view === 'month' ? (
              <Month month={date.getMonth()} isNarrow={isNarrow} {...shared} />
            ) : (
              <Hours key={view} {...shared} />
            )}
          </div>
          <DragOverlay dropAnimation={null}>
            {dragged && (
              <div className={classes.chip} data-lifted data-status={dragged.status}>
                <ChipText activity={dragged} />
              </div>
            )}
          </DragOverlay>
        </DndContext>
      )}
      {creatingAt && (
        <ActivityForm defaults={{ due_date: instant(creatingAt) }} onClose={() => setCreatingAt(undefined)} />
      )}
    </Page>
  );
}

const atNine = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 9);

function grouped(items: Activity[]): Map<string, Activity[]> {
  const days = new Map<string, Activity[]>();
  for (const item of items) {
    if (!item.due_date) continue;
    const day = dayOf(wall(item.due_date));
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  // One that was moved a moment ago stands where it came from.
  for (const list of days.values()) list.sort((a, b) => (a.due_date ?? '').localeCompare(b.due_date ?? ''));
  return days;
}
