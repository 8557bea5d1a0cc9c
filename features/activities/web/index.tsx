import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/activities', load: () => import('./activities-page.tsx') },
    { path: '/activities/calendar', load: () => import('./calendar-page.tsx') },
    // What reminders lead to.
    { path: '/activities/$activity_id', load: () => import('./activity-link.tsx') },
  ],
  nav: [{ path: '/activities', label: 'activities:nav', icon: 'task', order: 30, key: 'a' }],
  actions: [{ label: 'activities:new', icon: 'task', order: 30, load: () => import('./new-activity.tsx') }],
  places: [
    { to: '/activities/calendar', label: 'activities:calendar.title', icon: 'calendar', words: 'activities:words' },
  ],
  finder: {
    table: 'activities',
    label: 'activities:title',
    icon: 'task',
    order: 30,
    all: (q) => ({ to: '/activities', search: { q, whose: 'all', tab: 'all' } }),
    load: () => import('./find.ts'),
  },
};
