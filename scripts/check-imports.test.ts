import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { projectRoot } from '../server/platform/project-root.ts';

const run = promisify(execFile);
let folder: string;
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the check as npm does, over a small house with one wrong arrow in it. */
async function check(files: Record<string, string>): Promise<string[]> {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-imports-'));
  const house = {
    'contracts/atoms.ts': 'export const Id = 1;',
    'server/platform/problems.ts': 'export const problem = 1;',
    'server/tenancy/pool.ts': "import pg from 'pg';\nexport const pool = pg;",
    'features/deals/contract.ts': "import { Id } from '../../contracts/atoms.ts';\nexport const Deal = Id;",
    'features/deals/server/queries.ts': 'export const deals = 1;',
    'features/deals/server/service.ts': "import { deals } from './queries.ts';\nexport const move = deals;",
    'features/contacts/server/routes.ts':
      "import { move } from '../../deals/server/service.ts';\nexport const routes = move;",
    'features/contacts/web/page.tsx': "import { Deal } from '../../deals/contract.ts';\nexport const page = Deal;",
    'web/router.ts': 'export const router = 1;',
  };
  for (const [name, text] of Object.entries({ ...house, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  const script = join(projectRoot, 'scripts/check-imports.mjs');
  const { stdout } = await run(process.execPath, [script, folder]).catch((error: { stdout: string }) => error);
  return stdout.split('\n').filter((line) => line.includes(' -> '));
}

test('right arrows pass', async () => {
  expect(await check({})).toEqual([]);
}, 60_000);

const wrong = {
  'one-door-to-the-database': ['features/deals/server/a.ts', "import pg from 'pg';\nexport const a = pg;"],
  'the-pool-stays-in-tenancy': [
    'features/deals/server/b.ts',
    "export { pool } from '../../../server/tenancy/pool.ts';",
  ],
  'features-call-services': ['features/contacts/server/c.ts', "export { deals } from '../../deals/server/queries.ts';"],
  'the-house-knows-no-feature': ['server/d.ts', "export { deals } from '../features/deals/server/queries.ts';"],
  'the-web-knows-no-server': [
    'features/deals/web/e.tsx',
    "export { problem } from '../../../server/platform/problems.ts';",
  ],
  'the-server-knows-no-web': ['server/f.ts', "export { router } from '../web/router.ts';"],
  'feature-contracts-know-contracts': [
    'features/tags/contract.ts',
    "export { problem } from '../../server/platform/problems.ts';",
  ],
  'contracts-know-nothing': ['contracts/g.ts', "export { router } from '../web/router.ts';"],
  'platform-and-tenancy-only': ['features/deals/server/h.ts', "export { i } from '../../../server/i.ts';"],
  'no-cycles': ['server/i.ts', "import { j } from './j.ts';\nexport const i = () => j;"],
} as const;

test('each wrong arrow is found', async () => {
  const found = await check({
    ...Object.fromEntries(Object.values(wrong)),
    'server/j.ts': "import { i } from './i.ts';\nexport const j = () => i;",
  });
  for (const [rule, [file]] of Object.entries(wrong)) {
    expect(
      found.filter((line) => line.startsWith(rule) && line.includes(file)),
      rule,
    ).not.toEqual([]);
  }
}, 60_000);
