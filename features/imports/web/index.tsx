import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/contacts/import', load: () => import('./start-page.tsx') },
    { path: '/contacts/import/$import_id', load: () => import('./import-page.tsx') },
  ],
  places: [{ to: '/contacts/import', label: 'imports:title', icon: 'upload', words: 'imports:words' }],
};
