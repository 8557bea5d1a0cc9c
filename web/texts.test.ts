import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path))
    .map((path) => join(root, folder, path));

const noun = (file: string) => /features\/([^/]+)\/web\//.exec(file)?.[1];
const texts = (name: string) =>
  JSON.parse(readFileSync(join(root, name === 'app' ? 'web' : `features/${name}/web`, 'locales/en.json'), 'utf8'));
const lookUp = (name: string, key: string): unknown =>
  key.split('.').reduce((node: unknown, step) => (node as Record<string, unknown> | undefined)?.[step], texts(name));

const files = [...sources('web'), ...sources('features').filter((file) => noun(file) !== undefined)];

test('every text that a page asks for is written', () => {
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    const own = /useTranslation\(\[?'([\w-]+)'/.exec(source)?.[1] ?? 'app';
    const calls = source.matchAll(/\bt\('([\w.:]+)'(, \{ ns: 'app' \})?/g);
    for (const [, key = '', fromApp] of [...calls, ...source.matchAll(/label: '(\w+:\w+)'/g)]) {
      const [first = '', second] = key.split(':');
      const [where, what] = second ? [first, second] : [fromApp ? 'app' : own, key];
      // What depends on a count is written once for each plural form.
      const text = lookUp(where, what) ?? lookUp(where, `${what}_other`);
      expect(text, `${key}, asked for by ${basename(file)}`).toBeTypeOf('string');
    }
  }
});
