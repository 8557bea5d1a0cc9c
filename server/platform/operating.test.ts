import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from './project-root.ts';

const sources = ['server', 'features']
  .flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true }).map((name) => join(folder, String(name))),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

it('docs/operating.md names every setting that the server reads, and no other', () => {
  const read = new Set<string>();
  for (const file of sources) {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    for (const [, name] of text.matchAll(/env(?:\.|, ')((?:BULKHEAD|SMTP|MAIL|DATABASE|LOG)_\w+)/g))
      read.add(name as string);
  }
  const rows = readFileSync(join(projectRoot, 'docs/operating.md'), 'utf8').matchAll(/^\| (`[^|]+) \|/gm);
  const told = [...rows].flatMap(([, names]) =>
    [...(names as string).matchAll(/`(\w+)`/g)].map(([, name]) => name as string),
  );
  expect(told.filter((name) => name !== 'PORT' && name !== 'HOST').sort()).toEqual([...read].sort());
});
