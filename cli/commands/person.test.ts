import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePipeline } from '../../features/pipelines/server/testing.ts';
import { fingerprints } from '../../operations/fingerprint.ts';
import { reading } from '../../operations/operator.ts';
import { ownedTables } from '../../operations/tables.ts';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

const world = await createWorld();
const a = await world.company('Nadan');
const b = await world.company('Sunstone');
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-people-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EMAIL = 'zoe.jansen@boats.example';
const WORDS = ['zoe.jansen', 'Zoë Jansen', '06 1234 5678', '+31612345678', '612345678', 'quiet harbour'];
const hashes = (id: string) =>
  reading(world.adminUrl, async (client) => fingerprints(client, await ownedTables(client), id));
const run = (...args: string[]) => bulkhead(world.adminUrl, 'person', ...args);

beforeAll(async () => {
  for (const { admin } of [a, b]) {
    const zoe = await admin.post('/api/contacts', {
      first_name: 'Zoë',
      last_name: 'Jansen',
      email: EMAIL,
      phone: '+31612345678',
      notes: 'lives at the quiet harbour',
      custom_fields: {},
    });
    const other = await admin.post('/api/contacts', {
      first_name: 'Ann',
      last_name: 'Ozoe',
      email: `ann${EMAIL}`,
      notes: `friend of Zoë Jansen, ${EMAIL.toUpperCase()}, 06 1234 5678`,
    });
    // As an import from elsewhere may have left them: numbers of JSON's own.
    await world.admin.query(
      `update contacts set custom_fields = '{"whatsapp": 31612345678, "all": [612345678, 5], "age": 41}' where id = $1`,
      [other.body.id],
    );
    const { id: pipeline_id, first: stage_id } = await makePipeline(admin);
    const deal = await admin.post('/api/deals', {
      title: 'Boat for Jansen, Zoë',
      pipeline_id,
      stage_id,
      contact_id: zoe.body.id,
    });
    const note = await admin.post('/api/notes', { body: 'met at the quiet harbour', contact_id: zoe.body.id });
    const call = await admin.post('/api/activities', {
      type: 'call',
      subject: 'Call Zoë Jansen at the quiet harbour',
      contact_id: zoe.body.id,
    });
    expect([zoe, other, deal, note, call].map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  }
});

it('exports all that a company holds of a person, and nothing of another company', async () => {
  const file = join(folder, 'zoe.zip');
  const { code, said } = await run('export', 'Nadan', EMAIL, file);
  expect(code, said).toBe(0);
  for (const table of ['contacts', 'deals', 'notes', 'activities', 'audit_logs']) {
    expect(said).toMatch(new RegExp(`^${table} +[1-9]`, 'm'));
  }
  expect(readFileSync(file).length).toBeGreaterThan(1000);
  expect(said).not.toContain(b.id);
});

it('erases a person wherever they are named, proves it by the search, and leaves all others alone', async () => {
  const others = await hashes(b.id);
  expect(await run('find', 'Nadan', EMAIL)).toMatchObject({ code: 1 });
  expect(await run('erase', 'Nadan', EMAIL, '--confirm', 'somebody@else.example')).toMatchObject({ code: 2 });
  const { code, said } = await run('erase', 'Nadan', EMAIL, '--confirm', EMAIL);
  expect(code, said).toBe(0);
  expect(await run('find', 'Nadan', EMAIL)).toMatchObject({ code: 0 });

  // Not by our own search: by all that the database would write out.
  for (const { name } of await reading(world.adminUrl, ownedTables)) {
    const { rows } = await world.admin.query(
      `select t::text as text from "${name}" t where to_jsonb(t) ->> 'company_id' = $1`,
      [a.id],
    );
    const text = rows.map((row) => row.text).join('\n');
    for (const word of WORDS) {
      // An address that only ends like theirs is another person's.
      expect(text.replaceAll(`ann${EMAIL}`, ''), `${word} in ${name}`).not.toContain(word);
    }
  }
  const { body } = await a.admin.get('/api/contacts');
  expect(body.items).toMatchObject([
    {
      email: `ann${EMAIL}`,
      notes: 'friend of [erased], [erased], [erased]',
      custom_fields: { whatsapp: null, all: [null, 5], age: 41 },
    },
  ]);
  const tombstone = await world.admin.query(
    `select description, extra_data from audit_logs where company_id = $1 and action = 'erase'`,
    [a.id],
  );
  expect(tombstone.rows).toMatchObject([{ extra_data: { rows: { contacts: expect.any(Number) } } }]);
  expect(await hashes(b.id)).toEqual(others);
});

it('erases no user of the company, and nobody whom it does not know', async () => {
  const { code, said } = await run('erase', 'Nadan', a.admin.email, '--confirm', a.admin.email);
  expect(code).toBe(1);
  expect(said).toContain('is a user of Nadan');
  expect(await run('erase', 'Nadan', 'nobody@example.org', '--confirm', 'nobody@example.org')).toMatchObject({
    code: 1,
  });
});
