import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/deals', load: () => import('./deals-page.tsx') },
    { path: '/deals/$dealId', load: () => import('./deal-page.tsx') },
  ],
  nav: [{ path: '/deals', label: 'deals:nav', icon: 'board', order: 20, key: 'd' }],
};
