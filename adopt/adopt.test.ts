import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { rollback } from './rollback.ts';
import { emptyDatabase } from './testing/database.ts';
import { dump } from './testing/dump.ts';
import { verify } from './verify.ts';

const shop = readFileSync(join(import.meta.dirname, 'testing/shop.sql'), 'utf8');
const answers = { global: ['countries'] };

describe('a small database of which only the users have a company', () => {
  test('is planned, applied and verified, and applying again does nothing', async () => {
    // As before PostgreSQL 15.
    const { url, client, appRole } = await emptyDatabase(`${shop}; grant create on schema public to public`);
    const plan = await makePlan(url, answers);
    expect(await apply(url, plan, { through: 'force' })).toMatchObject({
      state: 'complete',
      quarantined: 0,
      setAside: 0,
    });
    const { ok, checks } = await verify(url);
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(await apply(url, plan, { through: 'force' })).toMatchObject({ state: 'complete', ran: 0 });
    const touched = await client.query('select sum(touched)::int as touched from contacts');
    expect(touched.rows).toEqual([{ touched: 0 }]);
    await client.query(`set role ${appRole}; set app.company_id = '1'`);
    await expect(
      client.query(`insert into contacts (owner_id, name) select min(id), 'new' from users`),
    ).resolves.toMatchObject({ rowCount: 1 });
    await expect(
      client.query(`insert into contacts (owner_id, name) values (1 + (select min(id) from users), 'stray')`),
    ).rejects.toThrow(/foreign key/);
    await expect(client.query('update contacts set company_id = 2')).rejects.toThrow(/permission denied/);
    await client.query('reset role');
  });

  test('asks only about tables that no foreign key leads from', async () => {
    const { url } = await emptyDatabase(shop);
    const plan = await makePlan(url);
    expect(
      Object.entries(plan.decisions.tables)
        .filter(([, table]) => table.class === 'ask')
        .map(([name]) => name),
    ).toEqual(['public.countries']);
    await expect(apply(url, plan)).rejects.toThrow(/open questions:\n {2}public\.countries/);
  });

  test('rolled back after each phase, is to the byte what it was', async () => {
    const { url, client } = await emptyDatabase(`${shop}; grant create on schema public to public`);
    const before = await dump(client);
    const plan = await makePlan(url, answers);
    for (const through of ['column', 'backfill', 'required', 'keys', 'references', 'policies', 'force'] as const) {
      await apply(url, plan, { through });
      await rollback(url);
      expect(await dump(client), through).toBe(before);
    }
  });
});
