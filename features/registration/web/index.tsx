import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [],
  welcome: () => import('./first-steps.tsx'),
};
