import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/accept-invitation', isPublic: 'anybody', load: () => import('./accept-page.tsx') }],
};
