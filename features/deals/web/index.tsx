import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [
    { path: '/deals', load: () => import('./deals-page.tsx') },
    { path: '/deals/$dealId', load: () => import('./deal-page.tsx') },
  ],
  nav: [{ path: '/deals', label: 'deals:nav', icon: 'board', order: 20, key: 'd' }],
  actions: [{ label: 'deals:new', icon: 'board', order: 20, load: () => import('./new-deal.tsx') }],
  places: [
    { to: '/deals', search: { view: 'forecast' }, label: 'deals:views.forecast', icon: 'chart', words: 'deals:words' },
    { to: '/deals', search: { view: 'table' }, label: 'deals:asTable', icon: 'board' },
  ],
  finder: {
    table: 'deals',
    label: 'deals:title',
    icon: 'board',
    order: 20,
    all: (q) => ({ to: '/search', search: { q, kind: 'deals' } }),
    load: () => import('./find.ts'),
  },
};
