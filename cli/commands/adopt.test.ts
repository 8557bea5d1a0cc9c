import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { apply } from '../../adopt/apply.ts';
import { makePlan } from '../../adopt/make-plan.ts';
import type { Phase } from '../../adopt/plan.ts';
import { rollback } from '../../adopt/rollback.ts';
import { emptyDatabase } from '../../adopt/testing/database.ts';
import { bulkhead } from '../../test/cli.ts';

const shop = readFileSync(join(import.meta.dirname, '../../adopt/testing/shop.sql'), 'utf8');

test('a person is asked about the root, answers in the file, and adopts, verifies and takes back a database by commands', async () => {
  const { url, client } = await emptyDatabase(shop);
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-adopt-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'plan.yaml');
  const adopt = (...args: string[]) => bulkhead(url, 'adopt', ...args, '--database-url', url);

  const asked = await adopt('plan', '--out', file);
  expect(asked).toMatchObject({
    code: 1,
    said: expect.stringContaining('? public.countries: no foreign key leads from it'),
  });
  expect(await adopt('apply', '--plan', file)).toMatchObject({
    code: 1,
    said: expect.stringContaining('open questions'),
  });
  writeFileSync(file, readFileSync(file, 'utf8').replace('class: ask', 'class: global'));
  expect(await adopt('apply', '--plan', file)).toMatchObject({ code: 1, said: expect.stringContaining('plan --from') });
  expect(await adopt('plan', '--from', file)).toMatchObject({ code: 0 });
  expect(await adopt('backup', '--out', join(folder, 'backup'))).toMatchObject({ code: 0 });

  await client.query(`insert into users (email) values ('nobody@example.com')`);
  expect(await adopt('apply', '--plan', file)).toMatchObject({
    code: 1,
    said: expect.stringContaining('1 rows wait in quarantine'),
  });
  const waiting = await adopt('quarantine');
  expect(waiting).toMatchObject({ code: 1, said: expect.stringMatching(/^1 public\.users \{"id":"\d+"\} orphan$/) });
  expect(await adopt('resolve', '1', '--to', '2')).toMatchObject({ code: 0 });
  expect(await adopt('apply', '--plan', file)).toMatchObject({
    code: 0,
    said: expect.stringContaining('--through force'),
  });
  expect(await adopt('apply', '--plan', file, '--through', 'force')).toMatchObject({
    code: 0,
    said: expect.stringContaining('Adopted'),
  });
  expect(await adopt('verify')).toMatchObject({
    code: 0,
    said: expect.stringContaining('ok   no row points at another tenant’s'),
  });
  expect(await adopt('rollback')).toMatchObject({ code: 0 });
  const { rows } = await client.query(`select company_id from users where email = 'nobody@example.com'`);
  expect(rows).toEqual([{ company_id: null }]);
});

test('a phase that is none takes nothing back and carries nothing out', async () => {
  const { url } = await emptyDatabase(shop);
  await apply(url, await makePlan(url, { global: ['countries'] }), { through: 'column' });
  const adopt = (...args: string[]) => bulkhead(url, 'adopt', ...args, '--database-url', url);
  const typo = 'backfil' as Phase;
  await expect(rollback(url, { to: typo })).rejects.toThrow('backfil is none of');
  await expect(adopt('rollback', '--to', typo)).rejects.toThrow(/Allowed choices are .*backfill/);
  await expect(adopt('apply', '--through', typo)).rejects.toThrow(/Allowed choices are .*backfill/);
  expect(await rollback(url, { to: 'column' })).toBe(0);
  expect(await rollback(url)).toBeGreaterThan(3);
});

test('the demo shows the audit’s figures before and after', async () => {
  const { code, said } = await bulkhead(inject('adminUrl'), 'demo', 'adopt');
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(said).toContain('47 tables, 27 with company_id; 28 foreign keys and 29 indexes on it');
  expect(said).toContain('rows without a company: 1 in phone_numbers, 1 in twilio_settings');
  expect(said).toMatch(/After:[\s\S]*rows without a company: none/);
});
