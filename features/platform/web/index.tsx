import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/platform', audience: 'platform', load: () => import('./platform-page.tsx') }],
  nav: [{ path: '/platform', audience: 'platform', label: 'platform:nav', icon: 'building', order: 10, key: 'c' }],
};
