import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/audit-log', roles: ['company_admin'], load: () => import('./audit-page.tsx') }],
  settings: [
    {
      path: '/settings/audit-log',
      label: 'audit-log:nav',
      icon: 'history',
      group: 'system',
      order: 10,
      words: 'audit-log:words',
    },
  ],
};
