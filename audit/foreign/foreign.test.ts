import { afterAll, describe, expect, inject, it } from 'vitest';
import { audit } from '../audit.ts';
import type { AuditConfig } from '../config.ts';
import type { AuditResult } from '../result.ts';
import { subjectOf } from '../subject.ts';
import { type Foreign, foreignDatabase } from './database.ts';

const open: Foreign[] = [];
afterAll(() => Promise.all(open.map((database) => database.drop())));

async function look(script: string, config: AuditConfig = {}) {
  const database = await foreignDatabase(inject('adminUrl'), script);
  open.push(database);
  const { subject, understood } = await subjectOf(database.auditor, config);
  const result = await audit(database.auditor, { subject, understood });
  return { database, subject, understood, result };
}

/** Each finding as its rule's number and its object, without the names that each run makes anew. */
const found = ({ outcomes }: AuditResult, { app, owner }: Foreign) =>
  outcomes.flatMap(({ rule, findings }) =>
    findings.map(({ object }) => `${rule.number} ${object.replaceAll(app, 'app').replaceAll(owner, 'owner')}`).sort(),
  );
/** What was not looked at, also where something was found beside it. */
const unchecked = ({ outcomes }: AuditResult) =>
  outcomes
    .filter(({ outcome, reason, unchecked }) => (reason ?? unchecked) !== undefined && outcome !== 'not applicable')
    .map(({ rule, reason, unchecked }) => `${rule.number} ${reason ?? unchecked}`);

describe('a sound database', () => {
  const countries = { global: { countries: 'the same for everybody' } };

  it('is understood, and gives no false alarm', async () => {
    const { database, subject, result } = await look('sound-shop.sql', countries);
    expect(subject).toMatchObject({
      tenantColumn: 'tenant_id',
      tenantTable: 'shop.tenants',
      tenantFunction: 'shop.tenant()',
      tenantSetting: 'shop.tenant',
      appRoles: [database.app],
      ownerColumns: { 'shop.orders': ['placed_by', 'approved_by'] },
    });
    expect(found(result, database)).toEqual([]);
    expect(unchecked(result)).toEqual([]);
  });
});

describe('a database without policies', () => {
  it('shows what is open, with mends in its own names and types', async () => {
    const { database, subject, result } = await look('no-policies.sql');
    expect(subject).toMatchObject({
      tenantColumn: 'org',
      tenantTable: 'public.orgs',
      tenantKey: 'slug',
      appRoles: [database.app],
    });
    expect(found(result, database)).toEqual([
      '1 public.comments',
      '2 public.tasks',
      '5 public.orgs',
      '5 public.people',
      '5 public.tasks',
      '7 public.everything',
      '14 table public.orgs',
      '14 table public.people',
      '14 table public.tasks',
      '35 public.tasks',
      '36 public.tasks: tasks_assignee_fkey',
      '39 public.tasks: tasks_assignee_fkey',
      '39 public.tasks: tasks_reviewer_fkey',
      '41 public.people: people_email_key',
      '43 public.people',
      '43 public.tasks',
      '77 public.tasks: tasks_assignee_fkey',
      '77 public.tasks: tasks_reviewer_fkey',
    ]);
    const mend = result.outcomes.flatMap(({ rule, findings }) => (rule.number === 5 ? findings : []))[0]?.mend;
    expect(mend).toContain('create policy tenant on public');
  });
});

describe('what is put where rules do not look', () => {
  it('is found: in ignored schemas, extensions, among the system’s, and under a name that was reviewed', async () => {
    const database = await foreignDatabase(inject('adminUrl'), 'sound-shop.sql');
    open.push(database);
    const { app, owner } = database;
    const everybody = `language sql security definer set search_path = '' as 'select id::text from shop.orders'`;
    await database.client.query(`
      create extension citext;
      create table shop.strays as select * from shop.orders; alter extension citext add table shop.strays;
      create schema jobs; create table jobs.queue (tenant_id bigint, what text); create table shop.queue_now () inherits (jobs.queue);
      create table jobs.orders as select * from shop.orders;
      create function information_schema.everybody() returns setof text ${everybody};
      create function shop.reviewed(which bigint) returns setof text ${everybody};
      create function shop.reviewed(which text) returns setof text ${everybody};
      create function shop.single() returns setof text ${everybody};
      grant usage on schema jobs to ${app}; grant select on shop.strays, shop.queue_now, jobs.orders to ${app};
      alter table shop.queue_now owner to ${owner}`);
    const config: AuditConfig = {
      global: { countries: 'the same for everybody' },
      ignoredSchemas: { jobs: 'a queue' },
      definers: { 'shop.reviewed(bigint)': 'was read', 'shop.single': 'was read' },
    };
    const look = async (config: AuditConfig) => {
      const { subject } = await subjectOf(database.auditor, config);
      return found(await audit(database.auditor, { subject }), database);
    };
    const seen = [
      '19 shop.reviewed(which text)',
      '5 shop.queue_now',
      '79 information_schema.everybody()',
      '79 schema jobs',
      '79 shop.strays',
    ];
    expect(await look(config)).toEqual(expect.arrayContaining(seen));
    expect((await look(config)).filter((one) => one.startsWith('19 '))).toEqual(['19 shop.reviewed(which text)']);
    // A name that two functions have tells neither from the other.
    const byName = await look({ ...config, definers: { 'shop.reviewed': 'was read', single: 'was read' } });
    expect(byName.filter((one) => one.startsWith('19 '))).toEqual([
      '19 shop.reviewed(which bigint)',
      '19 shop.reviewed(which text)',
    ]);
  });
});

describe('an auditor who does not see everything', () => {
  it('says what it could not look at, and passes none of that', async () => {
    const { database, subject } = await look('sound-shop.sql', { global: { countries: 'the same for everybody' } });
    // Bound by policies, and without a right on two tables.
    await database.client.query(`grant select on shop.users, shop.orders, shop.tenants to ${database.owner};
      revoke all on shop.products from ${database.owner}; alter table shop.orders force row level security;
      set role ${database.owner}`);
    const { outcomes } = await audit(database.client, { subject });
    const outcome = (number: number) => outcomes.find(({ rule }) => rule.number === number);
    expect(outcome(34)).toMatchObject({ outcome: 'failed' });
    expect(outcome(34)?.findings.map(({ object }) => object.replace(database.owner, 'owner'))).toEqual([
      'owner',
      'shop.products',
    ]);
    expect(outcome(35)?.outcome).toBe('not checked');
    expect(outcome(35)?.reason).toMatch(/shop.orders is hidden.*shop.products is hidden/);
    expect(outcome(36)?.outcome).toBe('not checked');
  });
});

describe('what can be understood in two ways', () => {
  it('is asked, not guessed', async () => {
    const database = await foreignDatabase(inject('adminUrl'), 'no-policies.sql');
    open.push(database);
    await database.client.query(`create table teams (id serial primary key);
      alter table people add team integer references teams; alter table tasks add team integer references teams`);
    await expect(subjectOf(database.client)).rejects.toThrow(
      /could stand in (org|team) \(.*\) or (org|team) \(.*--tenant-column/,
    );
    const { subject } = await subjectOf(database.client, { tenant: { column: 'org' } });
    expect(subject).toMatchObject({ tenantColumn: 'org', tenantTable: 'public.orgs' });
    await expect(subjectOf(database.client, { tenant: { column: 'org' }, global: { nothing: 'why' } })).rejects.toThrow(
      'There is no table nothing, which bulkhead.audit.json calls global.',
    );
  });
});

describe('a database with slips', () => {
  it('is told each of them, and which policies only a person can judge', async () => {
    const { database, subject, result } = await look('accounts.sql');
    expect(subject).toMatchObject({
      tenantColumn: 'account_id',
      tenantTable: 'public.accounts',
      tenantSetting: 'request.account',
    });
    expect(found(result, database)).toEqual([
      '7 public.all_notes',
      '19 public.everything()',
      '20 public.everything()',
      '26 public.notes: own',
      '27 public.files: support',
      '28 public.notes: own',
      '31 auth.uid()',
      '32 auth.uid()',
      '39 public.drafts: drafts_author_id_fkey',
      '39 public.notes: notes_author_id_fkey',
      '57 public.notes',
      '77 public.drafts: drafts_author_id_fkey',
      '77 public.notes: notes_author_id_fkey',
    ]);
    expect(unchecked(result)).toEqual([
      expect.stringMatching(/^26 1 policies look the tenant up .*: public.drafts: mine$/),
      expect.stringMatching(/^28 1 policies .* public.drafts: mine$/),
    ]);
  });

  it('is sound once the mends were made, but for what only a person can write', async () => {
    const { database, subject, result } = await look('accounts.sql');
    for (const { findings } of result.outcomes) for (const { mend } of findings) await database.client.query(mend);
    const again = await audit(database.auditor, { subject });
    expect(found(again, database)).toEqual(['32 auth.uid()']);
  });
});
