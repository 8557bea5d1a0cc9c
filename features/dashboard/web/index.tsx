import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/dashboard', load: () => import('./dashboard-page.tsx') }],
  nav: [{ path: '/dashboard', label: 'dashboard:nav', icon: 'home', order: 0, key: 'h' }],
};
