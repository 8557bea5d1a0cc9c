import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

const world = await createWorld();
const a = await world.company('Nadan');
const b = await world.company('Sunstone');
const rep = await world.person(b.id, 'sales_rep');

it('tells which requests were refused and why, without the answer having known it', async () => {
  const made = await a.admin.post('/api/contacts', { first_name: 'A', last_name: 'B' });
  const foreign = await b.admin.get(`/api/contacts/${made.body.id}`);
  const missing = await b.admin.get(`/api/contacts/${randomUUID()}`);
  expect(foreign.text).toBe(missing.text);
  expect((await rep.get('/api/contacts/export?search=secret')).status).not.toBe(500);
  const hidden = await b.admin.post('/api/contacts', { first_name: 'C', last_name: 'D' });
  await rep.get(`/api/contacts/${hidden.body.id}`);
  await rep.put(`/api/companies/${b.id}`, { name: 'Mine' });
  const staff = await world.superAdmin();
  await staff.get('/api/contacts');
  await world.app.writeDenials();

  const { code, said } = await bulkhead(world.adminUrl, 'denials');
  expect(code).toBe(0);
  expect(said).toMatch(new RegExp(`${made.body.id} +404 +1  the row is of another company: contacts of Nadan`));
  expect(said).toMatch(/404 +1 {2}there is no such row in any company/);
  expect(said).toMatch(new RegExp(`${hidden.body.id} +404 +1  the row is theirs, but deleted, hidden`));
  expect(said).toMatch(/403 +1 {2}Only a company admin may do this/);
  expect(said).toMatch(/\(platform\) +super\S+ +GET \/api\/contacts +403/);
  expect(said).not.toContain('secret');

  const own = await bulkhead(world.adminUrl, 'denials', '--company', 'Nadan');
  expect(own.said).toContain('Nothing was refused');
});

it('keeps few rows of however many refusals, and counts the rest', async () => {
  await world.admin.query('delete from denials');
  for (let i = 0; i < 100; i++) await b.admin.get(`/api/contacts/${randomUUID()}`);
  await world.app.writeDenials();
  const { rows } = await world.admin.query('select count(*)::int as rows, sum(times)::int as times from denials');
  expect(rows).toEqual([{ rows: 21, times: 100 }]);
});

it('cannot be read or written by what serves requests', async () => {
  const { rows } = await world.admin.query(
    `select has_table_privilege('bulkhead_app', 'denials', 'select,insert,update,delete') as may`,
  );
  expect(rows).toEqual([{ may: false }]);
});
