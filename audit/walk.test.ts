import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { audit } from './audit.ts';
import { type Foreign, foreignDatabase } from './foreign/database.ts';
import type { Limits } from './limits.ts';
import { openState } from './state.ts';
import { subjectOf } from './subject.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-walk-'));
const file = join(folder, 'state.json');
let database: Foreign;

beforeAll(async () => {
  database = await foreignDatabase(inject('adminUrl'), 'sound-shop.sql');
  await database.client.query(`
    insert into shop.products (tenant_id, sku) select 1 + n % 2, n from generate_series(1, 20000) n;
    create table shop.codes (tenant_id bigint not null references shop.tenants, code char(6) not null, primary key (tenant_id, code));
    insert into shop.codes select 1 + n % 2, n from generate_series(1, 3000) n;
    set session_replication_role = replica;
    insert into shop.codes select 98, n from generate_series(1, 20) n;
    insert into shop.products (tenant_id, sku) select 99, n from generate_series(1, 300) n;
    insert into shop.order_lines select 1 + n % 2, 1 + n % 2, n, case when n % 100 = 0 then 2 - n % 2 else 3 + n - n % 2 end from generate_series(2, 20000) n;
    set session_replication_role = origin;
    analyze shop.products, shop.order_lines, shop.codes`);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const orphans = [
  'shop.codes 20 rows belong to a company that is not there',
  'shop.products 300 rows belong to a company that is not there',
];

async function look(limits: Limits) {
  const { subject } = await subjectOf(database.client);
  const { outcomes } = await audit(database.client, { subject, limits });
  const orphans = outcomes.find(({ rule }) => rule.number === 35);
  return { found: orphans?.findings.map(({ object, message }) => `${object} ${message}`), ...orphans };
}

it('finds the same in batches as at once', async () => {
  const whole = await look({ batch: 1_000_000 });
  expect(whole.found).toEqual(orphans);
  expect((await look({ batch: 700 })).found).toEqual(whole.found);
  // Rested between batches, it sees no less.
  expect((await look({ batch: 5_000, pace: 50 })).found).toEqual(whole.found);
});

it('goes on where it was broken off, without looking twice', async () => {
  let seen = 0;
  const stop = new Error('killed');
  const breaking: Limits = {
    batch: 1_000,
    state: openState(file, database.url),
    onRows: ({ table, done }) => {
      if (table === 'shop.products' && done >= 5_000) throw stop;
    },
  };
  expect((await look(breaking)).reason).toContain('killed');
  expect(existsSync(file)).toBe(true);
  const state = openState(file, database.url);
  const from = state.get('null-cid shop.products');
  expect(from?.looked).toBeGreaterThan(0);
  const { found } = await look({
    batch: 1_000,
    state,
    onRows: ({ table }) => {
      if (table === 'shop.products') seen += 1;
    },
  });
  expect(found).toEqual(orphans);
  expect(seen).toBeLessThanOrEqual(21 - Math.floor((from?.looked ?? 0) / 1_000));
  state.done();
  expect(existsSync(file)).toBe(false);
});

it('says what share a sample was, and does not pass what it did not look at', async () => {
  await database.client.query(
    'delete from shop.products where tenant_id = 99; delete from shop.codes where tenant_id = 98; analyze shop.products',
  );
  const { outcome, reason } = await look({ sample: 20 });
  expect(outcome).toBe('not checked');
  expect(reason).toMatch(/shop.products: a sample of \d+ of about 20\d{3} rows \(20 %\)/);
});

it('refuses positions of another database, and files that hold none', async () => {
  openState(file, database.url).set('x', { after: null, looked: 0, bad: [] });
  expect(() => openState(file, 'postgresql://localhost/another')).toThrow('tells of another database');
  expect(() => openState(import.meta.filename, database.url)).toThrow('does not hold the positions of an audit');
});
