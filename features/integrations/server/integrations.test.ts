import { expect, it } from 'vitest';
import { createWorld } from '../../../test/harness.ts';

it('tells admins how letters leave, and neither where to nor with which password', async () => {
  const env = { SMTP_URL: 'smtp://crm:hunter2@mail.example.com:587', MAIL_FROM: 'Nadan <crm@example.com>' };
  const world = await createWorld({ env });
  const { admin } = await world.company();
  const told = await admin.get('/api/integrations');
  expect(told.body.mail).toEqual({ delivery: 'smtp', from: 'Nadan <crm@example.com>' });
  expect(told.text).not.toMatch(/hunter2|mail\.example/);
  expect((await (await world.person(admin.companyId)).get('/api/integrations')).status).toBe(403);
  expect((await world.anonymous.get('/api/integrations')).status).toBe(401);
});
