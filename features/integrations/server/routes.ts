import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Integrations } from '../contract.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/integrations',
    { config: { scope: 'admin' }, schema: { response: { 200: Integrations } } },
    async () => {
      const { smtpUrl, mailFrom, publicUrl } = app.config;
      // Without a mail server letters are written into the data folder, and nobody gets them.
      return { mail: { delivery: smtpUrl ? 'smtp' : 'files', from: mailFrom }, public_url: publicUrl } as const;
    },
  );
};
