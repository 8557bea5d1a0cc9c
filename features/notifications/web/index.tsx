import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/notifications', load: () => import('./notifications-page.tsx') }],
  places: [{ to: '/notifications', label: 'notifications:title', icon: 'bell', words: 'notifications:words' }],
  tray: () => import('./bell.tsx'),
};
