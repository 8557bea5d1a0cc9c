import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { must, root, say } from './steps.mjs';

const lockfile = `${root}/package-lock.json`;
const modules = `${root}/node_modules`;
const stamp = `${modules}/.bulkhead-install`;

/** Installs what the lockfile names, when that is not what is installed. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  say('installing packages (the first time takes a minute or two)');
  // Said explicitly because NODE_ENV=production, or an .npmrc, would leave out the build tools and the native packages.
  const args = ['ci', '--include=dev', '--include=optional', '--include=prod', '--no-audit', '--no-fund'];
  await must('npm ci', ...npm(args));
  writeFileSync(stamp, lockfileHash());
}

function isInstalled() {
  const folder = lstatSync(modules, { throwIfNoEntry: false });
  if (!folder) return false;
  // Shared with another working tree, whose business it is; npm would empty it.
  if (folder.isSymbolicLink()) return true;
  const installed = statSync(`${modules}/.package-lock.json`, { throwIfNoEntry: false });
  if (!installed) return false;
  // Copying a tree or switching branches changes times without changing the lockfile.
  return installed.mtimeMs >= statSync(lockfile).mtimeMs || readStamp() === lockfileHash();
}

function readStamp() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

const lockfileHash = () => createHash('sha256').update(readFileSync(lockfile)).digest('hex');

function npm(args) {
  const program = process.env.npm_execpath;
  if (program?.endsWith('npm-cli.js')) return [process.execPath, [program, ...args]];
  return ['npm', args];
}
