import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './steps.mjs';

const settings = ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
const sources = {
  server: [
    'server',
    'features',
    'contracts',
    'audit',
    'adopt',
    'operations',
    'migrate-from',
    'cli',
    'demo',
    'db',
    ...settings,
  ],
  web: ['web', 'features', 'contracts', ...settings],
};
const otherSide = { server: /^features\/[^/]+\/web\//, web: /^features\/[^/]+\/server\// };
const ignored = /(^|\/)(node_modules|dist|migrations)(\/|$)|\.test\.tsx?$|\.sql$|\.md$/;

/** Which of the parts, `server` and `web`, have changed since they were last built. */
export function staleParts() {
  return Object.keys(sources).filter((part) => isPresent(part) && readStamp(part) !== fingerprint(part));
}

/** To be taken before building: a file that changes meanwhile makes the part stale again. */
export function fingerprint(part) {
  const hash = createHash('sha256');
  for (const source of sources[part]) add(hash, part, join(root, source));
  return hash.digest('hex');
}

export function markBuilt(part, taken) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampOf(part), taken);
}

const isPresent = (part) => existsSync(join(root, part === 'web' ? 'web/vite.config.ts' : 'server/main.ts'));

const stampOf = (part) => join(root, 'dist', `.${part}-built`);

function readStamp(part) {
  try {
    return readFileSync(stampOf(part), 'utf8');
  } catch {
    return undefined;
  }
}

function add(hash, part, path) {
  const name = relative(root, path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || ignored.test(name) || otherSide[part].test(`${name}/`)) return;
  if (!found.isDirectory()) hash.update(`${name}\0${found.size}\0${found.mtimeMs}\n`);
  else for (const child of readdirSync(path).sort()) add(hash, part, join(path, child));
}
