import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';
import { startPostgres, stopAbandoned } from '../server/platform/postgres/start.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address of the server that all tests share. */
    adminUrl: string;
  }
}

const prefix = 'bulkhead-test-';

/** One server for the whole run: `DATABASE_URL`, or our own in a temporary folder that goes when the run ends. */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // One key for all test files: the roles' passwords come from it, and the roles are the whole server's.
  process.env.BULKHEAD_SECRET ??= randomBytes(32).toString('base64');
  const given = process.env.DATABASE_URL;
  if (given) {
    project.provide('adminUrl', given);
    return undefined;
  }
  await clearAbandoned();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const postgres = await startPostgres({ dataDir: folder, durable: false });
  project.provide('adminUrl', postgres.adminUrl);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** A run that was killed leaves its server behind. */
async function clearAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    // Another run may have made its folder a moment ago and not have started its server in it yet.
    if (!name.startsWith(prefix) || (isNew(folder) && !existsSync(join(folder, 'holders')))) continue;
    const free = await stopAbandoned(folder).catch(() => false);
    if (free) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A folder that another run removes at this moment counts as new: it is none of ours. */
const isNew = (folder: string): boolean =>
  Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) < 3_600_000;
