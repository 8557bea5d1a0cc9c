import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/contacts', load: () => import('./contacts-page.tsx') },
    { path: '/contacts/$contactId', load: () => import('./contact-page.tsx') },
    { path: '/contacts/duplicates', load: () => import('./duplicates/duplicates-page.tsx') },
    { path: '/contacts/merge', load: () => import('./duplicates/merge-page.tsx') },
  ],
  nav: [{ path: '/contacts', label: 'contacts:nav', icon: 'people', order: 10, key: 'c' }],
};
