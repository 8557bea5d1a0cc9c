import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/login', isPublic: true, load: () => import('./login-page.tsx') },
    { path: '/register', isPublic: true, load: () => import('./register-page.tsx') },
  ],
};
