import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { clusterOf, type Home } from './home.ts';
import { settings } from './settings.ts';

/** Programs of PostgreSQL read PGDATA, PGPORT and the like, which may be set for another server. */
export const cleanEnvironment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/** Makes the cluster when there is none; the answer is the superuser's password. */
export async function ensureCluster(home: Home, runtime: string, durable: boolean): Promise<string> {
  const cluster = clusterOf(home.folder);
  const passwordFile = join(home.folder, 'superuser-password');
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    checkRelease(cluster, runtime);
    return readPassword(passwordFile);
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith('cluster.')) rmSync(join(home.folder, name), { recursive: true, force: true, maxRetries: 10 });
  }
  // Built under another name: a start that is killed half-way leaves nothing that looks like a cluster.
  const draft = join(home.folder, `cluster.${randomUUID()}`);
  makeFor(home.account, draft);
  await initialise(home, runtime, draft, password, durable);
  renameSync(draft, cluster);
  if (durable) sync(home.folder);
  return password;
}

function makeFor(account: Account, folder: string): void {
  mkdirSync(folder, { mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}

async function initialise(home: Home, runtime: string, draft: string, password: string, durable: boolean) {
  const desk = `${draft}.initdb`;
  makeFor(home.account, desk);
  const passwordFile = join(desk, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (home.account) chownSync(passwordFile, home.account.uid, home.account.gid);
  const options = [
    ['--pgdata', draft],
    ['--username', 'postgres'],
    ['--pwfile', passwordFile],
    ['--auth', 'scram-sha-256'],
    ['--encoding', 'UTF8'],
    ['--locale-provider', 'builtin'],
    ['--builtin-locale', 'C.UTF-8'],
    ['--locale', 'C'],
  ].map(([name, value]) => `${name}=${value}`);
  for (const [name, value] of Object.entries(settings(durable))) options.push('--set', `${name}=${value}`);
  if (!durable) options.push('--no-sync');
  const complaint = await run(join(runtime, 'bin', 'initdb'), options, home.account);
  rmSync(desk, { recursive: true });
  if (complaint !== undefined) throw new Error(`The database could not be created in ${home.folder}: ${complaint}`);
}

/** Undefined when the program succeeds, else what it says. */
function run(program: string, options: string[], account: Account): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, {
      ...account,
      cwd: '/',
      env: cleanEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : complaint.trim() || `${signal ?? code}`));
  });
}

function checkRelease(cluster: string, runtime: string): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const release = /^(\d+)/.exec(JSON.parse(readFileSync(join(runtime, '..', 'package.json'), 'utf8')).version)?.[1];
  if (made === release) return;
  throw new Error(
    `The data in ${cluster} were made by PostgreSQL ${made}, and this is PostgreSQL ${release}. ` +
      'Start the release of Bulkhead that made them and take a backup there, or set BULKHEAD_DATA to a new folder.',
  );
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`The database's password cannot be read from ${file}. Restore that file from a backup.`, { cause });
  }
}

function sync(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
