import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/settings/tags', load: () => import('./tags-page.tsx') }],
  settings: [
    { path: '/settings/tags', label: 'tags:nav', icon: 'tag', group: 'records', order: 30, words: 'tags:words' },
  ],
};
