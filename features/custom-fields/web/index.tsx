import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/fields', roles: ['company_admin'], load: () => import('./fields-page.tsx') }],
  settings: [
    {
      path: '/settings/fields',
      label: 'custom-fields:nav',
      icon: 'field',
      group: 'records',
      order: 20,
      words: 'custom-fields:words',
    },
  ],
};
