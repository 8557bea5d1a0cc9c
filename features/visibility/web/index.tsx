import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/access', roles: ['company_admin'], load: () => import('./access-page.tsx') }],
  settings: [
    {
      path: '/settings/access',
      label: 'visibility:nav',
      icon: 'eye',
      group: 'company',
      order: 50,
      words: 'visibility:words',
    },
  ],
};
