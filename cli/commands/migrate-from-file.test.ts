import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { fingerprints } from '../../operations/fingerprint.ts';
import { reading } from '../../operations/operator.ts';
import { ownedTables } from '../../operations/tables.ts';
import { discoverFeatures } from '../../server/discover.ts';
import { dataFolder } from '../../server/platform/data-folder.ts';
import { createWorker } from '../../server/platform/worker.ts';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

const world = await createWorld();
const resident = await world.company('Resident');
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-migrate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hashes = (id: string) =>
  reading(world.adminUrl, async (client) => fingerprints(client, await ownedTables(client), id));
const exportOf = (system: string) =>
  fileURLToPath(new URL(`../../features/imports/server/fixtures/${system}.csv`, import.meta.url));

it.each(['hubspot', 'salesforce', 'pipedrive'])(
  'brings the contacts of an export of %s into one company',
  async (system) => {
    const company = await world.company();
    const before = await hashes(resident.id);
    const report = join(folder, 'report.csv');
    const args = [
      'migrate-from',
      exportOf(system),
      '--company',
      company.id,
      '--admin',
      company.admin.email,
      '--report',
      report,
    ];
    const { code, said } = await bulkhead(world.adminUrl, ...args);
    expect(said).toContain(`Recognised as: ${system}`);
    const [read, created, updated, skipped, failed] = (said.split('\n').at(2) ?? '').trim().split(/ +/).map(Number);
    expect(code).toBe(failed === 0 ? 0 : 1);
    expect(created).toBeGreaterThan(1);
    expect(
      readFileSync(report, 'utf8')
        .split('\n')
        .filter((line) => / *failed/.test(line)),
    ).toHaveLength(Number(failed));
    expect(Number(created) + Number(updated) + Number(skipped) + Number(failed)).toBe(read);
    expect((await company.admin.get('/api/contacts')).body.items).toHaveLength(Number(created));
    expect(await hashes(resident.id)).toEqual(before);
    rmSync(join(dataFolder(), 'imports', company.id), { recursive: true });
  },
);

function onePerson(): string {
  const file = join(folder, 'person.csv');
  writeFileSync(file, 'First Name,Last Name,Email\nGrace,Hopper,grace@example.org\n');
  return file;
}

it('waits for its turn and for whoever runs it, and tells the figures of the end', async () => {
  const company = await world.company();
  const file = onePerson();
  const args = ['migrate-from', file, '--company', company.id, '--admin', company.admin.email];
  const inTheWay = await world.admin.query(
    `insert into imports (company_id, user_id, kind, file_name, file_key, file_bytes, file_hash, source, headers, mapping, status)
     values ($1, $2, 'csv', 'other.csv', gen_random_uuid(), 1, '', 'unknown', '[]', '[]', 'running') returning id`,
    [company.id, company.admin.userId],
  );
  const migrated = bulkhead(world.adminUrl, ...args);
  // It tried once, and was put behind the other.
  await vi.waitFor(
    async () =>
      expect(
        (
          await world.admin.query(`select from jobs where company_id = $1 and created_at + '2 s' < run_at`, [
            company.id,
          ])
        ).rowCount,
      ).toBe(1),
    { timeout: 60_000, interval: 200 },
  );
  await world.admin.query(`update imports set status = 'cancelled' where id = $1`, [inTheWay.rows[0].id]);
  const { code, said } = await migrated;
  expect(said).toContain(': finished.');
  expect(code).toBe(0);
  expect((await world.admin.query('select from jobs where company_id = $1', [company.id])).rowCount).toBe(0);
  rmSync(join(dataFolder(), 'imports', company.id), { recursive: true });
});

it('leaves the import to a worker that runs', async () => {
  const company = await world.company();
  const file = onePerson();
  const features = (await discoverFeatures()).filter(({ name }) => name === 'imports');
  const worker = createWorker({ adminUrl: world.adminUrl, door: world.door, events: world.app.events, features });
  worker.start();
  try {
    const args = ['migrate-from', file, '--company', company.id, '--admin', company.admin.email];
    const { code, said } = await bulkhead(world.adminUrl, ...args);
    expect(said).toContain(': finished.');
    expect(code).toBe(0);
  } finally {
    await worker.stop();
  }
  rmSync(join(dataFolder(), 'imports', company.id), { recursive: true });
});

it('begins nothing when the report cannot be written', async () => {
  const company = await world.company();
  const whose = ['--company', company.id, '--admin', company.admin.email];
  const nowhere = join(folder, 'missing', 'report.csv');
  const { code, said } = await bulkhead(
    world.adminUrl,
    'migrate-from',
    exportOf('hubspot'),
    ...whose,
    '--report',
    nowhere,
  );
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('nothing was begun') });
  expect((await world.admin.query('select from imports where company_id = $1', [company.id])).rowCount).toBe(0);
});

it('imports a file in the name of an admin of that company only', async () => {
  const company = await world.company();
  const file = exportOf('hubspot');
  expect(await bulkhead(world.adminUrl, 'migrate-from', file)).toMatchObject({ code: 2 });
  const args = ['migrate-from', file, '--company', company.id, '--admin', resident.admin.email];
  expect(await bulkhead(world.adminUrl, ...args)).toMatchObject({ code: 1 });
});
