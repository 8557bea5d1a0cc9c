import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../../../server/platform/problems.ts';
import { closed, onlyRoutes, text } from '../../mutation/leaky.ts';
import { defineOffences } from '../../mutation/offence.ts';

const config = { scope: 'webhook' } as const;
const body = closed({ account: text });
const someone = { companyId: '01900000-0000-7000-8000-00000000000c', userId: null, owners: '*' } as const;

/** What a good route does with a signature: it compares. */
function check(signature: unknown): void {
  const good = createHmac('sha256', 'a secret of the company').update('body').digest();
  const given = Buffer.from(String(signature ?? ''), 'base64');
  if (given.length !== good.length || !timingSafeEqual(given, good)) throw new ProblemError('unauthenticated');
}

export default defineOffences([
  {
    what: 'a webhook that asks for no signature',
    application: onlyRoutes(async (app) => {
      app.post('/api/webhooks/sms', { config, schema: {} }, async () => ({ ok: true }));
    }),
  },
  {
    what: 'a webhook that any signature opens',
    application: onlyRoutes(async (app) => {
      app.post('/api/webhooks/sms', { config, schema: {} }, async ({ headers }) => {
        if (headers['x-signature'] === undefined) throw new ProblemError('unauthenticated');
        return { ok: true };
      });
    }),
  },
  {
    what: 'a webhook that takes the company from its sender',
    application: onlyRoutes(async (app) => {
      const params = closed({ company_id: text });
      app.post('/api/webhooks/sms/:company_id', { config, schema: { params } }, async ({ headers }) =>
        check(headers.signature),
      );
    }),
    also: [50],
  },
  {
    what: 'a webhook that is declared public',
    application: onlyRoutes(async (app) => {
      app.post('/api/webhooks/sms', { config: { scope: 'public' }, schema: { body } }, async ({ headers }) =>
        check(headers.signature),
      );
    }),
  },
  {
    what: 'a webhook that opens the door before it looks at the signature',
    application: onlyRoutes(async (app) => {
      app.post('/api/webhooks/sms', { config, schema: {} }, async ({ headers }) => {
        await app.door.asCompany(someone).gate('log_webhook');
        check(headers['x-signature']);
      });
    }),
    also: [50],
  },
]);
