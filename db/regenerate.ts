import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readAsMigrated } from '../audit/as-migrated.ts';
import { discoverRules } from '../audit/inspect.ts';
import { ruleDocs } from '../audit/report/rule-pages.ts';
import { buildApp } from '../server/app.ts';
import { discoverFeatures } from '../server/discover.ts';
import { readConfig } from '../server/platform/config.ts';
import { localEvents } from '../server/platform/events.ts';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { problemDocs } from '../server/platform/problem-pages.ts';
import { projectRoot } from '../server/platform/project-root.ts';
import { createDoor } from '../server/tenancy/door.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { connect } from '../server/tenancy/pool.ts';
import { urlFor } from '../server/tenancy/roles.ts';
import { apiDocument, generateApiTypes } from './api-types.ts';
import { generateTypes } from './generate.ts';
import { describeSchema } from './schema/schema.ts';

// Migrates an empty database of its own, so that what is committed depends on the migrations and on nothing else.
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-generate-'));
process.env.BULKHEAD_DATA = folder;
const server = await startPostgres({ dataDir: folder, durable: false });
try {
  await prepareDatabase(server.adminUrl);
  writeFileSync(join(projectRoot, 'db/types.ts'), await generateTypes(server.adminUrl));
  writeFileSync(join(projectRoot, 'db/schema.sql'), await describeSchema(server.adminUrl));
  await writeAsMigrated();
  await writeApi();
  writePages('docs/problems', problemDocs());
  writePages('docs/rules', ruleDocs(await discoverRules()));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function writeAsMigrated(): Promise<void> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  await client.connect();
  const read = await readAsMigrated(client).finally(() => client.end());
  writeFileSync(join(projectRoot, 'audit/as-migrated.json'), `${JSON.stringify(read, null, 2)}\n`);
}

async function writeApi(): Promise<void> {
  const door = createDoor(connect({ connectionString: urlFor('bulkhead_app', server.adminUrl) }));
  const app = await buildApp({ config: readConfig(), door, events: localEvents(), features: await discoverFeatures() });
  await app.ready();
  const document = apiDocument(app);
  await app.close();
  await door.close();
  writeFileSync(join(projectRoot, 'docs/openapi.json'), document);
  writeFileSync(join(projectRoot, 'web/api.d.ts'), generateApiTypes(document));
}

function writePages(path: string, pages: ReadonlyMap<string, string>): void {
  const folder = join(projectRoot, path);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
}
