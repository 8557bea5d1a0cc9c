import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/isolation', audience: 'platform', load: () => import('./isolation-page.tsx') },
    { path: '/settings/trust', roles: ['company_admin'], load: () => import('./trust-page.tsx') },
  ],
  nav: [{ path: '/isolation', audience: 'platform', label: 'isolation:nav', icon: 'shield', order: 20, key: 'i' }],
  settings: [{ path: '/settings/trust', label: 'isolation:trust.nav', icon: 'shield', group: 'company', order: 90 }],
};
