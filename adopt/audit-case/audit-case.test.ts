import { expect, test } from 'vitest';
import { apply } from '../apply.ts';
import { makePlan } from '../make-plan.ts';
import { setAsides } from '../resolve.ts';
import { rollback } from '../rollback.ts';
import { emptyDatabase } from '../testing/database.ts';
import { dump } from '../testing/dump.ts';
import { verify } from '../verify.ts';
import { answers } from './adoption.ts';
import { type Figures, figures } from './figures.ts';
import { fillBefore } from './rows.ts';
import { beforeSchema } from './schema.ts';

const withCompany =
  `activities, bulk_email_campaigns, call_transcripts, calls, contacts, deals, documents, email_campaigns, email_templates,
  emails, files, folders, inbox, notifications, payment_history, phone_numbers, pipeline_stages, pipelines, quotes, scheduled_sms,
  sms_messages, sms_templates, twilio_settings, user_conversations, users, workflow_executions, workflows`.split(
    /,\s*/,
  );

test('the audited CRM has the audit’s figures before its adoption, and the audit’s "after" once it is adopted', async () => {
  const { url, client } = await emptyDatabase(beforeSchema());
  await fillBefore(client);
  const before = await figures(client);
  expect(before).toMatchObject({
    tables: 47,
    withCompany,
    foreignKeysOnCompany: 28,
    indexesOnCompany: 29,
    withoutCompany: { phone_numbers: 1, twilio_settings: 1 },
    models: 44,
    modelsWithCompany: 25,
    drift: { onlyInDatabase: ['call_transcripts', 'inbox', 'pipeline_stages'], onlyInModels: ['document_signatures'] },
    ownedByOwnerId: [
      'activities',
      'contacts',
      'deals',
      'documents',
      'emails',
      'files',
      'folders',
      'quotes',
      'workflows',
    ],
  } satisfies Partial<Figures>);
  expect(withCompany).toHaveLength(27);
  expect(before.rows).toMatchObject({
    companies: 2,
    users: 13,
    contacts: 39,
    deals: 100,
    pipelines: 2,
    pipeline_stages: 37,
    files: 52,
    quotes: 24,
    workflows: 31,
    workflow_executions: 48,
    sms_messages: 2,
    sms_templates: 2,
    calls: 1,
    phone_numbers: 4,
    twilio_settings: 3,
  });
  expect(before.perCompany.nadan).toMatchObject({
    users: 5,
    contacts: 26,
    deals: 4,
    pipelines: 1,
    workflows: 31,
    sms_messages: 2,
    calls: 1,
  });
  expect(before.perCompany.Sunstone).toMatchObject({ users: 8, contacts: 13, deals: 96, pipelines: 1 });
  const untouched = await dump(client);

  const plan = await makePlan(url, answers);
  expect(Object.values(plan.decisions.tables).filter((table) => table.class === 'ask')).toEqual([]);
  expect(await apply(url, plan, { through: 'force' })).toMatchObject({
    state: 'complete',
    quarantined: 0,
    setAside: 1,
  });
  const { checks, audit } = await verify(url);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  // What is looked up before the company is known is all that the auditor has to say, and so it was answered.
  expect(
    audit?.outcomes.flatMap(({ findings }) => findings.map(({ object, waived }) => [object, waived?.reason])),
  ).toEqual(
    ['public.sessions: sessions_token_key', 'public.users: users_email_key'].map((object) => [
      object,
      'The plan leaves this key unique over all tenants (scope: global).',
    ]),
  );
  const after = await figures(client);
  expect(after.withoutCompany).toEqual({});
  expect(after.rows).toEqual({ ...before.rows, twilio_settings: 2 });
  expect(after.perCompany.nadan!.phone_numbers! + after.perCompany.Sunstone!.phone_numbers!).toBe(4);
  expect(after.perCompany).toMatchObject({ nadan: { twilio_settings: 1 }, Sunstone: { twilio_settings: 1 } });
  expect((await setAsides(url)).map(({ table, reason }) => `${table} ${reason}`)).toEqual([
    'public.twilio_settings a second row under (company_id)',
  ]);
  // 16 more, of the 20: companies has none, and the shared roles and the tooling's need none.
  expect(after.withCompany).toHaveLength(27 + 20 - 1 - 3);

  await rollback(url);
  expect(await dump(client)).toBe(untouched);
});
