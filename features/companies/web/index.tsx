import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/company', roles: ['company_admin'], load: () => import('./company-page.tsx') }],
  settings: [
    {
      path: '/settings/company',
      label: 'companies:nav',
      icon: 'building',
      group: 'company',
      order: 10,
      words: 'companies:words',
    },
  ],
};
