import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/login', isPublic: true, load: () => import('./login-page.tsx') },
    { path: '/forgot-password', isPublic: 'anybody', load: () => import('./forgot-page.tsx') },
    { path: '/reset-password', isPublic: 'anybody', load: () => import('./reset-page.tsx') },
    { path: '/register', isPublic: true, load: () => import('./register-page.tsx') },
  ],
};
