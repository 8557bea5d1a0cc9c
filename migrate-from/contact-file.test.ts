import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the command alone, without the features of a server, knows the tables that an import of contacts reads and writes', () => {
  // In a process of its own: a test's world loads all features, which hid that the command does not.
  const script = `
    await import('./contact-file.ts');
    const { declaredTables } = await import('../server/tenancy/ownership.ts');
    console.log([...declaredTables().keys()].join());`;
  const said = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(said.trim().split(',')).toEqual(
    expect.arrayContaining([
      'contacts',
      'custom_field_definitions',
      'imports',
      'import_errors',
      'jobs',
      'tags',
      'users',
    ]),
  );
});
