import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/pipelines', roles: ['company_admin'], load: () => import('./pipelines-page.tsx') }],
  settings: [
    {
      path: '/settings/pipelines',
      label: 'pipelines:nav',
      icon: 'board',
      group: 'records',
      order: 10,
      words: 'pipelines:words',
    },
  ],
};
