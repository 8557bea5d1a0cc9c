import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/integrations', roles: ['company_admin'], load: () => import('./integrations-page.tsx') }],
  settings: [
    {
      path: '/settings/integrations',
      label: 'integrations:nav',
      icon: 'plug',
      group: 'system',
      order: 20,
      words: 'integrations:words',
    },
  ],
};
