import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/search', load: () => import('./search-page.tsx') }],
};
