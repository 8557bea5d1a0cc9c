import { expect, it } from 'vitest';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

const world = await createWorld();
const a = await world.company('Nadan');
const b = await world.company('Sunstone');

it('tells whose user an address is and in which company, however it is written, and names no other company', async () => {
  const { code, said } = await bulkhead(world.adminUrl, 'whois', a.admin.email.toUpperCase());
  expect(code).toBe(0);
  expect(said).toContain(`user         ${a.admin.userId}  Nadan (active) ${a.id}`);
  expect(said).toContain('company_admin');
  expect(said).not.toContain('Sunstone');
  expect(said).not.toContain(b.id);
});

it('tells what an id is, in whichever table, and nothing that the company wrote there', async () => {
  const { body } = await b.admin.post('/api/contacts', { first_name: 'Secret', last_name: 'Person' });
  const { code, said } = await bulkhead(world.adminUrl, 'whois', body.id);
  expect(code).toBe(0);
  expect(said).toMatch(new RegExp(`contacts +${body.id} +Sunstone`));
  expect(said).not.toMatch(/Secret|Person|Nadan/);
});

it('says that nobody is known by an address or id that is nobody’s', async () => {
  expect(await bulkhead(world.adminUrl, 'whois', 'nobody@example.org')).toMatchObject({ code: 1 });
  expect(await bulkhead(world.adminUrl, 'whois', '01890000-0000-7000-8000-000000000000')).toMatchObject({ code: 1 });
});

it('counts every row of every company once, those without a company too', async () => {
  const { code, said } = await bulkhead(world.adminUrl, 'companies', '--json');
  expect(code).toBe(0);
  const companies = JSON.parse(said) as { id: string; tables: Record<string, number>; total: number }[];
  expect(companies.map(({ id }) => id).sort()).toEqual([a.id, b.id].sort());
  const contacts = companies.map(({ id, tables }) => [id, tables.contacts ?? 0]);
  expect(Object.fromEntries(contacts)).toEqual({ [a.id]: 0, [b.id]: 1 });
  const { rows } = await world.admin.query('select count(*)::int as n from audit_logs');
  expect(companies.reduce((sum, { tables }) => sum + (tables.audit_logs ?? 0), 0)).toBe(rows[0].n);

  const overview = await bulkhead(world.adminUrl, 'companies');
  expect(overview.said).toMatch(/Sunstone +\S+ +active +1 +1 /);

  await world.admin.query(`set session_replication_role = replica`);
  await world.admin.query(`insert into tags (company_id, name) values (gen_random_uuid(), 'stray')`);
  await world.admin.query(`set session_replication_role = origin`);
  expect(await bulkhead(world.adminUrl, 'companies')).toMatchObject({ code: 1 });
});
