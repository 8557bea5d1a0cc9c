import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../server/platform/postgres/start.ts';
import { projectRoot } from '../server/platform/project-root.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
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
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
