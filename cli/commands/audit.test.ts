import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../audit/report/report.ts';
import { bulkhead } from '../../test/cli.ts';
import { createWorld, type World } from '../../test/harness.ts';

/** They read what the last probe and the last mutation test left, which is not this test's doing. */
const RECORDS = new Set([51, 60]);
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-audit-'));
const file = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

describe('audit', () => {
  let world: World;
  let company: string;
  beforeAll(async () => {
    world = await createWorld();
    const { admin } = await world.company('Nadan');
    company = admin.companyId;
    await admin.post('/api/contacts', { first_name: 'Ada', last_name: 'Lovelace' });
  });

  it('finds nothing in an installation as it was made, and writes a signed report that anyone can verify', async () => {
    const json = file('report.json');
    const html = file('report.html');
    const records = file('records.json');
    const waiver = { reason: 'is recorded elsewhere', owner: 'ada', expires: '2999-12-31' };
    writeFileSync(records, JSON.stringify({ waivers: [...RECORDS].map((rule) => ({ rule, ...waiver })) }));
    const run = await bulkhead(
      world.adminUrl,
      'audit',
      '--sign',
      '--output',
      json,
      '--output',
      html,
      '--waivers',
      records,
    );
    const report: Report = JSON.parse(readFileSync(json, 'utf8'));
    const open = report.outcomes.filter(({ rule, outcome }) => outcome !== 'passed' && !RECORDS.has(rule.number));
    const unexplained = open.filter(({ outcome }) => outcome !== 'not applicable');
    expect(unexplained.map(({ rule, findings }) => `${rule.number} ${JSON.stringify(findings)}`)).toEqual([]);
    const { percent, checks, passed } = report.score;
    expect(run.said).toContain(`${percent} of 100  ${passed} of ${checks} checks passed`);
    expect(run.code).toBe(0);
    expect(report.score.checks).toBeGreaterThan(50);
    expect(report.distribution.find(({ table }) => table === 'public.contacts')?.rows).toEqual({ [company]: 1 });
    expect(report.tenantNames?.[company]).toBe('Nadan');

    for (const signed of [json, html]) {
      const verified = await bulkhead(world.adminUrl, 'audit', 'verify', signed, '--key', report.seal!.fingerprint);
      expect(verified).toMatchObject({ code: 0, said: expect.stringContaining('It is as it was signed') });
      const text = readFileSync(signed, 'utf8');
      const forged = file(`forged-${signed.endsWith('html') ? 'report.html' : 'report.json'}`);
      writeFileSync(forged, text.replaceAll(/"percent":( ?)\d+/g, '"percent":$11'));
      expect(await bulkhead(world.adminUrl, 'audit', 'verify', forged)).toMatchObject({ code: 1 });
    }
    const page = file('page.html');
    writeFileSync(page, readFileSync(html, 'utf8').replace('<h2>What was checked<', '<h2>Sealed for ever<'));
    expect((await bulkhead(world.adminUrl, 'audit', 'verify', page)).said).toContain('the page around it is not');
    expect(await bulkhead(world.adminUrl, 'audit', 'verify', json, '--key', 'x'.repeat(43))).toMatchObject({ code: 1 });
  });

  it('ends with 1 on what it finds, tells the SQL that mends it, and with 0 where that is waived', async () => {
    await world.admin.query(`create table strays (id uuid primary key); alter table strays owner to bulkhead_owner`);
    try {
      const found = await bulkhead(world.adminUrl, 'audit', '--format', 'markdown');
      expect(found).toMatchObject({ code: 1, said: expect.stringContaining('alter table public.strays add column') });
      expect((await bulkhead(world.adminUrl, 'audit', '--fail-on', 'never')).code).toBe(0);
      const waivers = file('waivers.json');
      const rules = [...found.said.matchAll(/^### (\d+) /gm)].map(([, rule]) => Number(rule));
      const waiver = { object: '*', reason: 'is going next week', owner: 'ada', expires: '2999-12-31' };
      writeFileSync(waivers, JSON.stringify({ waivers: rules.map((rule) => ({ rule, ...waiver })) }));
      const accepted = await bulkhead(world.adminUrl, 'audit', '--waivers', waivers);
      expect(accepted).toMatchObject({ code: 0, said: expect.stringContaining('is going next week') });
      writeFileSync(
        waivers,
        JSON.stringify({ waivers: rules.map((rule) => ({ rule, ...waiver, expires: '2020-01-01' })) }),
      );
      const expired = await bulkhead(world.adminUrl, 'audit', '--waivers', waivers);
      expect(expired).toMatchObject({ code: 1, said: expect.stringContaining('expired on 2020-01-01') });
    } finally {
      await world.admin.query('drop table strays');
    }
  });

  it('ends with 2 where it was asked for wrongly, before it looks at anything', async () => {
    expect(await bulkhead(world.adminUrl, 'audit', '--output', 'report.pdf')).toMatchObject({ code: 2 });
    expect(await bulkhead(world.adminUrl, 'audit', '--waivers', file('none.json'))).toMatchObject({ code: 2 });
    expect(await bulkhead(world.adminUrl, 'audit', '--tenant-column', 'org')).toMatchObject({ code: 2 });
    expect(await bulkhead(world.adminUrl, 'audit', 'verify', file('none.json'))).toMatchObject({ code: 2 });
  });

  it('ends with 2, and says what to do, where there is no database to look at', async () => {
    for (const [url, said] of [
      ['postgresql://localhost:1/shop', 'Nothing answers at localhost:1'],
      ['mysql://localhost/shop', 'is no address of a database'],
      [world.adminUrl.replace(/[^/]+$/, 'nowhere'), 'There is no database nowhere'],
    ] as const)
      expect(await bulkhead('', 'audit', '--database-url', url)).toMatchObject({
        code: 2,
        said: expect.stringContaining(said),
      });
  });
});

it('rules lists every rule, and shows the page of one by number or name', async () => {
  const { said } = await bulkhead('', 'rules');
  expect(said).toContain('Cross-company');
  expect(said).toContain('unique-global');
  expect((await bulkhead('', 'rules', '41')).said).toContain('## What goes wrong');
  expect((await bulkhead('', 'rules', 'unique-global')).said).toContain('# 41 unique-global');
  expect((await bulkhead('', 'rules', '9999')).code).toBe(2);
});
