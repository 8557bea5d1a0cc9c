import { expect, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { emptyDatabase } from './testing/database.ts';

test('rows whose key within the tenant is empty are no twins, and are filled in one round', async () => {
  const { url, client } = await emptyDatabase(`
    create table companies (id integer primary key);
    create table users (id integer primary key, company_id integer not null references companies (id));
    create table contacts (id integer primary key, owner_id integer not null references users (id), company_id integer, email text, unique (company_id, email));
    insert into companies values (1), (2);
    insert into users values (1, 1), (2, 2);
    insert into contacts (id, owner_id) select i, 1 + i % 2 from generate_series(1, 60) i;`);
  let batches = 0;
  const plan = await makePlan(url);
  await apply(url, plan, {
    through: 'backfill',
    onProgress: ({ step, state }) => {
      if (state === 'batch' && step === 'fill public.contacts') batches += 1;
    },
  });
  const { rows } = await client.query('select company_id, count(*)::int as n from contacts group by 1 order by 1');
  expect(rows).toEqual([
    { company_id: 1, n: 30 },
    { company_id: 2, n: 30 },
  ]);
  // One that fills, and one that finds nothing left.
  expect(batches).toBe(2);
});
