import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { audit } from '../../audit.ts';
import { type Foreign, foreignDatabase } from '../../foreign/database.ts';
import type { Limits, Position } from '../../limits.ts';
import { subjectOf } from '../../subject.ts';

let database: Foreign;
beforeAll(async () => {
  database = await foreignDatabase(inject('adminUrl'), 'accounts.sql');
  // Keys that lead with the account in one table and with the id in the others: ids are found by either.
  await database.client.query(`
    insert into accounts (id, name) values (md5('a')::uuid, 'a'), (md5('b')::uuid, 'b');
    insert into members (id, account_id) select md5('a' || n)::uuid, md5('a')::uuid from generate_series(1, 50) n;
    insert into members (id, account_id) select md5('b' || n)::uuid, md5('b')::uuid from generate_series(1, 50) n;
    create table pages (account_id uuid not null references accounts, id uuid not null, primary key (account_id, id));
    insert into pages select md5('b')::uuid, md5('page' || n)::uuid from generate_series(1, 3000) n;
    create table logs (id bigint generated always as identity primary key, account_id uuid not null references accounts, about uuid, token uuid, data jsonb, words text[]);
    insert into logs (account_id, about, data) select md5('a')::uuid, md5('a' || 1 + n % 50)::uuid, '{}' from generate_series(1, 6000) n;
    insert into logs (account_id, about) select md5('a')::uuid, md5('b7')::uuid from generate_series(1, 3) n;
    insert into logs (account_id, data) values (md5('a')::uuid, jsonb_build_object('see', jsonb_build_array(md5('page2999')::uuid)));
    insert into logs (account_id, words) values (md5('b')::uuid, array['of ' || md5('a')::uuid]);
    analyze`);
});
afterAll(() => database.drop());

async function look(limits: Limits) {
  const { subject } = await subjectOf(database.client);
  const { outcomes } = await audit(database.client, { subject, limits });
  const { findings = [], reason, unchecked } = outcomes.find(({ rule }) => rule.number === 37) ?? {};
  return { found: findings.map(({ object, message }) => `${object} ${message}`), reason: unchecked ?? reason };
}

const strays = [
  'public.logs.about 1 ids in it are of rows of public.members of another tenant',
  'public.logs.data 1 ids in it are of rows of public.pages of another tenant',
  'public.logs.words 1 ids in it are of rows of public.accounts of another tenant',
];

it('looks at every row, in batches as at once', async () => {
  expect(await look({})).toEqual({ found: strays, reason: undefined });
  expect((await look({ batch: 700 })).found).toEqual(strays);
});

it('goes on where it was broken off, with what it had found', async () => {
  const kept = new Map<string, Position>();
  const state = {
    get: (check: string) => kept.get(check),
    set: (check: string, at: Position) => void kept.set(check, structuredClone(at)),
  };
  const breaking = ({ table, done }: { table: string; done: number }) => {
    if (table === 'public.logs' && done >= 6_000) throw new Error('killed');
  };
  expect((await look({ batch: 500, state, onRows: breaking })).reason).toContain('killed');
  const from = kept.get('soft-ref public.logs');
  expect(from?.looked).toBe(5_000);
  let seen = 0;
  const again = await look({
    batch: 500,
    state,
    onRows: ({ table }) => {
      if (table === 'public.logs') seen += 1;
    },
  });
  expect(again.found).toEqual(strays);
  expect(seen).toBeLessThan(6);
});

it('gives up a column whose ids are of nothing here, and says so', async () => {
  await database.client.query(
    'update logs set token = gen_random_uuid(); insert into logs (account_id, token) select account_id, gen_random_uuid() from logs, generate_series(1, 5); analyze logs',
  );
  const { found, reason } = await look({ batch: 5_000 });
  expect(found).toEqual(strays);
  expect(reason).toMatch(/public\.logs\.token: the first 20000 ids that are of no row of their own tenant/);
  await database.client.query('update logs set token = null');
});
