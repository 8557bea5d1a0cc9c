import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/jobs', roles: ['company_admin'], load: () => import('./jobs-page.tsx') }],
  settings: [
    { path: '/settings/jobs', label: 'jobs:nav', icon: 'clock', group: 'system', order: 30, words: 'jobs:words' },
  ],
};
