import type { Feature } from '../../../web/features.ts';

export const feature: Feature = {
  pages: [{ path: '/accept-invitation', isPublic: 'anybody', load: () => import('./accept-page.tsx') }],
  actions: [
    {
      label: 'invitations:send.title',
      icon: 'people',
      order: 40,
      words: 'invitations:words',
      roles: ['company_admin'],
      load: () => import('./invite-dialog.tsx'),
    },
  ],
};
