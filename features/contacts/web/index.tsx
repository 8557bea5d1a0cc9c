import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/contacts', load: () => import('./contacts-page.tsx') },
    { path: '/contacts/$contactId', load: () => import('./contact-page.tsx') },
    { path: '/contacts/duplicates', load: () => import('./duplicates/duplicates-page.tsx') },
    { path: '/contacts/merge', load: () => import('./duplicates/merge-page.tsx') },
  ],
  nav: [{ path: '/contacts', label: 'contacts:nav', icon: 'people', order: 10, key: 'c' }],
  actions: [{ label: 'contacts:new', icon: 'people', order: 10, load: () => import('./create-contact.tsx') }],
  places: [{ to: '/contacts/duplicates', label: 'contacts:menu.duplicates', icon: 'merge', words: 'contacts:words' }],
  finder: {
    table: 'contacts',
    label: 'contacts:title',
    icon: 'people',
    order: 10,
    all: (q) => ({ to: '/contacts', search: { q } }),
    load: () => import('./find.ts'),
  },
};
