import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/notifications', load: () => import('./notifications-page.tsx') }],
  tray: () => import('./bell.tsx'),
};
