import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/trash', load: () => import('./trash-page.tsx') }],
};
