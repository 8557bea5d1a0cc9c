import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/profile', audience: 'everyone', load: () => import('./profile-page.tsx') },
    { path: '/confirm-email', isPublic: 'anybody', load: () => import('./confirm-email-page.tsx') },
    { path: '/settings/people', load: () => import('./people-page.tsx') },
  ],
  settings: [
    {
      path: '/settings/people',
      label: 'users:people.nav',
      icon: 'people',
      group: 'company',
      order: 20,
      words: 'users:words',
    },
  ],
};
