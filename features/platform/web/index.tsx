import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/platform', audience: 'platform', load: () => import('./platform-page.tsx') },
    { path: '/figures', audience: 'platform', load: () => import('./history-page.tsx') },
  ],
  nav: [
    { path: '/platform', audience: 'platform', label: 'platform:nav', icon: 'building', order: 10, key: 'c' },
    { path: '/figures', audience: 'platform', label: 'platform:growth.title', icon: 'chart', order: 15, key: 'f' },
  ],
};
