import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/teams', load: () => import('./teams-page.tsx') }],
  settings: [
    { path: '/settings/teams', label: 'teams:nav', icon: 'board', group: 'company', order: 30, words: 'teams:words' },
  ],
};
