import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { discoverFeatures } from '../discover.ts';
import { projectRoot } from '../platform/project-root.ts';
import { companyTables, declaredTables, globalTable } from './ownership.ts';

// A table that is declared, but whose declaration the app does not load, would be read without its predicate.
test('each feature loads the declarations of its tables', async () => {
  await discoverFeatures();
  const loaded = new Set(declaredTables().keys());
  const features = join(projectRoot, 'features');
  for (const name of readdirSync(features)) {
    const folder = join(features, name);
    if (!existsSync(join(folder, 'tables.ts')) || !existsSync(join(folder, 'server/feature.ts'))) continue;
    await import(pathToFileURL(join(folder, 'tables.ts')).href);
    const missed = [...declaredTables().keys()].filter((table) => !loaded.has(table));
    expect(missed, `features/${name}/server/feature.ts does not import ../tables.ts`).toEqual([]);
  }
});

test('a table cannot be company-owned and global at once', () => {
  companyTables('test_both');
  expect(() => globalTable('test_both', 'a reason')).toThrow('both');
});
