import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAsMigrated } from '../audit/as-migrated.ts';
import { createDatabase, createWorld } from '../test/harness.ts';
import { apiDocument, generateApiTypes } from './api-types.ts';
import { generateTypes } from './generate.ts';
import { describeSchema } from './schema/schema.ts';

let database: Awaited<ReturnType<typeof createDatabase>>;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const committed = (name: string) => readFile(join(import.meta.dirname, name), 'utf8');

// Where these fail: npm run generate.
test('db/schema.sql is what the migrations make', async () => {
  expect(await describeSchema(database.adminUrl)).toBe(await committed('schema.sql'));
});

test('db/types.ts is what the migrations make', async () => {
  expect(await generateTypes(database.adminUrl)).toBe(await committed('types.ts'));
});

test('audit/as-migrated.json is what the migrations make', async () => {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const read = await readAsMigrated(client).finally(() => client.end());
  expect(read).toEqual(JSON.parse(await committed('../audit/as-migrated.json')));
});

test('docs/openapi.json is what the routes say, and web/api.d.ts what it says', async () => {
  const { app } = await createWorld();
  const document = apiDocument(app);
  expect(document).toBe(await committed('../docs/openapi.json'));
  expect(generateApiTypes(document)).toBe(await committed('../web/api.d.ts'));
});
