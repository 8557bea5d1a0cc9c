import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const features = resolve(import.meta.dirname, '../features');

/** Whether this feature has texts, and so a namespace of its own. */
const isSpace = (name: string) => existsSync(join(features, name, 'web/locales/en.json'));

/** Features whose texts this source asks for: as its own namespace, or one text of another's. */
export function spacesIn(written: string): string[] {
  const source = written.replace(/\/\*.*?\*\/|^\s*\/\/.*?$/gms, '');
  const asked = [
    ...[...source.matchAll(/useTranslation\(\[?([^)\]]*)/g)].flatMap(([, names = '']) => names.match(/[\w-]+/g) ?? []),
    ...[...source.matchAll(/['"`]([a-z-]+):[\w$]/g)].map(([, name = '']) => name),
    ...[...source.matchAll(/\bns: '([\w-]+)'/g)].map(([, name = '']) => name),
  ];
  return [...new Set(asked)].filter(isSpace);
}

/** What a module says, and the modules of the app that come with it: not what it imports later, or only as types. */
interface Read {
  spaces: string[];
  imports: string[];
}

const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'(\.[^']+\.tsx?)'/gm;

/** Tells which features' texts a part of the app shows, itself or by what it imports; keeps what it has read until told. */
export function createSpaceReader() {
  const known = new Map<string, Read>();

  function read(file: string): Read {
    let found = known.get(file);
    if (!found) {
      const source = readFileSync(file, 'utf8');
      const imports = [...source.matchAll(IMPORT)].map(([, path = '']) => resolve(dirname(file), path));
      found = { spaces: spacesIn(source), imports };
      known.set(file, found);
    }
    return found;
  }

  function spacesOf(file: string): string[] {
    const seen = new Set([file]);
    const spaces = new Set<string>();
    for (const each of seen) {
      const { spaces: own, imports } = read(each);
      for (const space of own) spaces.add(space);
      for (const next of imports) seen.add(next);
    }
    return [...spaces].sort();
  }

  return { spacesOf, forget: () => known.clear() };
}
