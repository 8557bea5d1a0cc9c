import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';
import { amountOf, dayOf, endOf, orderOf, personIn } from './values.ts';

const world = await createWorld();
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-deals-'));
afterAll(() => rmSync(folder, { recursive: true }));
const report = join(folder, 'report.csv');

/** A company with an admin whom the files name, and the contacts of theirs that were imported before. */
async function house() {
  const company = await world.company();
  await world.admin.query(`update users set first_name = 'Ann', last_name = 'Admin' where id = $1`, [
    company.admin.userId,
  ]);
  for (const [first_name, last_name, email] of [
    ['Ingrid', 'Sørensen', 'ingrid@fjordline.example'],
    ['Tomás', 'Ibáñez', 'tomas@puerto-sur.example'],
    ['Adaeze', 'Nwosu', 'adaeze@brightwater.example'],
    ['Kenji', 'Tanaka', 'kenji@hoshi.example'],
    ['Ludwig', 'van den Berg', 'ludwig@vdberg.example'],
    ['Claire', 'Durand', 'claire@durand.example'],
    ['Claire', 'Durand', 'claire@other.example'],
  ])
    expect((await company.admin.post('/api/contacts', { first_name, last_name, email })).status).toBe(201);
  const bring = (system: string) =>
    bulkhead(
      world.adminUrl,
      'migrate-from',
      join(import.meta.dirname, `../fixtures/${system}-deals.csv`),
      '--company',
      company.id,
      '--admin',
      company.admin.email,
      '--report',
      report,
    );
  const deals = async () =>
    (
      await world.admin.query(
        `select d.title, d.value::float8 as value, d.currency, d.status, d.probability::float8 as probability, p.name as pipeline, s.name as stage,
           c.email::text as contact, d.company, d.expected_close_date::text as expected, d.actual_close_date::text as closed, d.lost_reason, d.tags,
           d.created_at::date::text as made, d.owner_id = $2 as ours
         from deals d join pipelines p on p.company_id = d.company_id and p.id = d.pipeline_id
         join pipeline_stages s on s.company_id = d.company_id and s.id = d.stage_id
         left join contacts c on c.company_id = d.company_id and c.id = d.contact_id
         where d.company_id = $1 order by d.title`,
        [company.id, company.admin.userId],
      )
    ).rows;
  return { company, bring, deals };
}

const lines = () => readFileSync(report, 'utf8').trim().split(/\r?\n/);

describe('an export of deals', () => {
  it('of HubSpot comes with its pipelines, stages, contacts and owners, and of each row it is said what became of it', async () => {
    const { company, bring, deals } = await house();
    const { code, said } = await bring('hubspot');
    expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('deals of hubspot') });
    expect(said).toMatch(/^deals +5 +4 +0 +1$/m);
    expect(said).toContain('deals: 1 not brought: It has no title.');
    expect(said).toContain('deals: nothing was made of the columns Deal Type');
    expect(await deals()).toMatchObject([
      { title: 'Dry dock', value: 0, pipeline: 'Services', stage: 'Contract Sent', status: 'open', ours: true },
      { title: 'New engine', status: 'lost', lost_reason: 'Too dear', contact: null, closed: '2026-02-10' },
      { title: 'Spare sails', status: 'won', value: 4000, probability: 100, contact: 'tomas@puerto-sur.example' },
      {
        title: 'Winter refit',
        value: 12500.5,
        probability: 20,
        contact: 'ingrid@fjordline.example',
        company: 'Fjordline AS',
        expected: '2026-03-31',
        made: '2026-01-12',
      },
    ]);
    const told = lines();
    expect(told.filter((line) => line.startsWith('deals,'))).toHaveLength(5);
    expect(told.find((line) => line.startsWith('deals,7004'))).toMatch(/the amount “a lot” is no number; .*“soon”/);
    expect(told.find((line) => line.startsWith('deals,7003'))).toMatch(/Gone Colleague: there is none/);
    expect(told.find((line) => line.startsWith('deals,7001'))).toMatch(/of its contacts only the first/);
    // The company's people see them as they see all others, and the log says in whose name they came.
    expect((await company.admin.get('/api/deals')).body.items).toHaveLength(4);
    const log = await world.admin.query(
      `select distinct user_id from audit_logs where company_id = $1 and resource_type = 'deals'`,
      [company.id],
    );
    expect(log.rows).toEqual([{ user_id: company.admin.userId }]);

    const again = await bring('hubspot');
    expect(again.said).toMatch(/^deals +5 +0 +4 +1$/m);
    expect(await deals()).toHaveLength(4);
  });

  it('of Salesforce is read with its dates and sums, its stages in the order of their chances', async () => {
    const { company, bring, deals } = await house();
    const { said } = await bring('salesforce');
    expect(said).toContain('deals: 1 not brought: Its amount is below zero.');
    expect(await deals()).toMatchObject([
      {
        title: 'Brightwater rollout',
        value: 25_000,
        currency: 'USD',
        pipeline: 'Opportunities',
        probability: 75,
        expected: '2026-03-27',
        made: '2026-01-05',
        contact: 'adaeze@brightwater.example',
        ours: true,
      },
      { title: 'Hoshi pilot', value: 9900, currency: 'JPY', status: 'won', closed: '2026-02-04' },
    ]);
    const stages = await world.admin.query(
      'select name, is_won from pipeline_stages where company_id = $1 order by order_index',
      [company.id],
    );
    expect(stages.rows).toEqual([
      { name: 'Prospecting', is_won: false },
      { name: 'Proposal/Price Quote', is_won: false },
      { name: 'Closed Won', is_won: true },
    ]);
  });

  it('of Pipedrive keeps deals that were won or lost in the stage in which they were', async () => {
    const { bring, deals } = await house();
    const { code, said } = await bring('pipedrive');
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(await deals()).toMatchObject([
      // Two contacts are called so: it is nobody's.
      { title: 'Ovens', status: 'lost', stage: 'Proposal Made', contact: null, closed: '2026-02-03' },
      { title: 'Trays', status: 'won', stage: 'Proposal Made' },
      { title: 'Van den Berg deal', status: 'open', tags: ['Hot'], contact: 'ludwig@vdberg.example', currency: 'EUR' },
    ]);
    expect(said).toContain('deals: 1 came without something that could not be brought.');
    expect(lines().find((line) => line.startsWith('deals,2'))).toContain('Claire Durand: several are called so');
  });
});

it.each([
  ['1234.5', '1234.5', undefined],
  ['$1,234.50', '1234.50', 'USD'],
  ['1.234,50 €', '1234.50', 'EUR'],
  ['EUR 5 000', '5000', 'EUR'],
  ['12,5', '12.5', undefined],
  ['9,900', '9900', undefined],
  ['a lot', undefined, undefined],
])('reads the amount %s', (text, value, currency) => {
  expect(amountOf(text)).toEqual({ value, currency });
});

it('reads days in the order that the file shows, stages by their ends, and people with their addresses', () => {
  expect([orderOf('27/3/2026'), orderOf('3/27/2026'), orderOf('3/4/2026')]).toEqual([
    'day first',
    'month first',
    undefined,
  ]);
  expect(dayOf('3/4/2026', 'day first')).toBe('2026-04-03');
  expect(dayOf('3/4/2026 10:00', 'month first')).toBe('2026-03-04');
  expect(dayOf('31.02.2026', 'month first')).toBeUndefined();
  expect(['Closed Won', 'closedlost', 'Wonderful', 'Lost - price'].map(endOf)).toEqual([
    'won',
    'lost',
    undefined,
    'lost',
  ]);
  expect(personIn('Ann B. (ann@b.example); C D')).toEqual({ name: 'Ann B.', email: 'ann@b.example', others: true });
});
