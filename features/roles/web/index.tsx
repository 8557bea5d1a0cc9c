import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/roles', roles: ['company_admin'], load: () => import('./roles-page.tsx') }],
  settings: [
    { path: '/settings/roles', label: 'roles:nav', icon: 'shield', group: 'company', order: 40, words: 'roles:words' },
  ],
};
