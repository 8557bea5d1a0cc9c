import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { openTable } from '../../imports/server/parse/open-table.ts';

let world: World;
let ada: Person;
let bob: Person;
let rep: Person;

const texts = [
  'first_name',
  'last_name',
  'company',
  'title',
  'type',
  'department',
  'website',
  'address_line1',
  'address_line2',
  'city',
  'state',
  'country',
  'notes',
  'linkedin_url',
  'twitter_handle',
];
const short = ['phone', 'mobile', 'postal_code'];

/** A contact whose every field tells whose it is. */
const canary = (whose: string) => ({
  ...Object.fromEntries(texts.map((field) => [field, `${whose}-${field}`])),
  ...Object.fromEntries(short.map((field, i) => [field, `${whose}-${i}`])),
  email: `${whose}@example.com`,
  tags: [`${whose}-tag`],
  custom_fields: { [`${whose}_field`]: `${whose}-custom` },
});

beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  bob = (await world.company('Sunstone')).admin;
  rep = await world.person(ada.companyId, 'sales_rep');
  for (const [person, whose] of [
    [ada, 'adacanary'],
    [bob, 'bobcanary'],
  ] as const) {
    const field = { resource: 'contacts', key: `${whose}_field`, label: `${whose} label`, type: 'text' };
    expect((await person.post('/api/custom-fields/', field)).status).toBe(201);
    expect((await person.post('/api/contacts/', canary(whose))).status).toBe(201);
  }
});

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true });

describe('exporting contacts', () => {
  it('writes every field of the company’s contacts, and not a letter of another company', async () => {
    const answer = await ada.get('/api/contacts/export');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="contacts-\d{4}-\d\d-\d\d\.csv"$/);
    expect(answer.text).not.toContain('bobcanary');
    const [row, ...others] = rowsOf(answer.text);
    expect(others).toEqual([]);
    const { tags, custom_fields, ...plain } = canary('adacanary');
    expect(row).toMatchObject({ ...plain, tags: tags[0], 'cf.adacanary_field': 'adacanary-custom' });
  });

  it('writes the same as a workbook', async () => {
    const url = '/api/contacts/export?format=xlsx';
    const headers = { authorization: `Bearer ${ada.token}` };
    const file = join(await mkdtemp(join(tmpdir(), 'bulkhead-export-')), 'contacts.xlsx');
    try {
      await writeFile(file, (await world.app.inject({ url, headers })).rawPayload);
      const table = await openTable(file);
      const rows: string[][] = [];
      for await (const { cells } of table.rows()) rows.push(cells);
      await table.close();
      const [csv] = rowsOf((await ada.get('/api/contacts/export')).text);
      expect(table.headers).toEqual(Object.keys(csv ?? {}));
      expect(rows).toEqual([Object.values(csv ?? {})]);
    } finally {
      await rm(join(file, '..'), { recursive: true });
    }
  });

  it('makes no cell that a spreadsheet would run', async () => {
    const { admin } = await world.company();
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
    for (const last_name of evil) await admin.post('/api/contacts/', { first_name: 'A', last_name });
    const rows = rowsOf((await admin.get('/api/contacts/export?sort=created_at')).text);
    expect(rows.map((row) => row.last_name)).toEqual(evil.map((text) => `'${text}`));
  });

  it('follows the filters, the sort and who sees what, beyond one batch', async () => {
    const { id, admin } = await world.company();
    await world.admin.query(
      `insert into contacts (company_id, owner_id, first_name, last_name, lead_score)
       select $1, $2, 'P', 'N' || i, i % 2 from generate_series(1, 2600) i`,
      [id, admin.userId],
    );
    const all = rowsOf((await admin.get('/api/contacts/export?sort=name')).text).map((row) => row.last_name);
    expect(new Set(all).size).toBe(2600);
    expect(all).toEqual([...all].sort());
    expect(rowsOf((await admin.get('/api/contacts/export?lead_score=1')).text).length).toBe(1300);
    expect(rowsOf((await (await world.person(id)).get('/api/contacts/export')).text)).toEqual([]);
    expect(rowsOf((await rep.get('/api/contacts/export')).text)).toEqual([]);
  });

  it('is logged, with who asked, from where and for what', async () => {
    await ada.get('/api/contacts/export?format=csv&status=NEW', { 'user-agent': 'Test' });
    const { rows } = await world.admin.query(
      "select * from audit_logs where company_id = $1 and action = 'export' order by id desc limit 1",
      [ada.companyId],
    );
    expect(rows[0]).toMatchObject({
      user_id: ada.userId,
      resource_type: 'contacts',
      user_agent: 'Test',
      extra_data: { format: 'csv', filters: { status: 'NEW' } },
    });
    expect(rows[0].request_path).toContain('/api/contacts/export');
  });

  it('refuses what it does not know before it writes a line, and asks who calls', async () => {
    for (const query of ['format=pdf', 'sort=shoe_size', 'cf.unknown=1', 'fields=email', 'company_id=1']) {
      const answer = await ada.get(`/api/contacts/export?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
    }
    expect((await world.anonymous.get('/api/contacts/export')).status).toBe(401);
  });
});
